package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.addresses.BookCopy;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How a {@link PeerManager} joins a network, and what it keeps of it (PROTOCOL §9.1, §9.4). */
class PeerManagerDiscoveryTest extends PeerManagerFixture {
  private static final int TARGET = 3;
  private static final Bytes KEY = Bytes.wrap(new byte[PeerMemory.KEY_BYTES]);

  private final SeededRandom random = new SeededRandom(77);

  private void start(PeerMemory memory) {
    JoinSettings join =
        new JoinSettings(List.of(SEED), List.of(), List.of("one.example"), true, true, null);
    manager =
        manager(
            new PeerSettings(join, TARGET, 9, PING_AFTER, SILENCE, Duration.ofSeconds(20)), memory);
    manager.start(LISTENING, now);
  }

  private static PeerMemory memory(Bytes key, int count, PeerAddress... anchors) {
    List<KnownAddress> known =
        IntStream.range(0, count)
            .mapToObj(
                i ->
                    new KnownAddress(
                        new IpEndpoint(IpAddress.ofIpv4((40 << 24) + i * 65_537), 9000),
                        IpAddress.ofIpv4((50 << 24) + i * 65_537),
                        1,
                        null,
                        3600,
                        KnownAddress.NEVER,
                        KnownAddress.NEVER,
                        0,
                        false))
            .toList();
    return new PeerMemory(key, known, List.of(anchors));
  }

  private PeerIdentity somebody() {
    return ToySuite.identity(random);
  }

  private List<LinkId> answerAll() {
    return links.takeDials().stream().map(address -> establish(somebody(), address)).toList();
  }

  /** Everybody whom the node is linked with says something. */
  private void wait(Duration time) {
    long seconds = time.toSeconds();
    LongStream.range(0, seconds)
        .forEach(
            _ -> {
              links.heardNanos.replaceAll((_, _) -> now);
              pass(Duration.ofSeconds(1));
            });
  }

  @Test
  void seed_isDialled_whileTheBookIsOfNoUse_andNamesAreAsked() {
    start(PeerMemory.NOTHING);
    assertThat(links.takeDials()).containsExactly(SEED);
    assertThat(directory.lookUps).containsExactly("one.example");
  }

  @Test
  void nodeWithABook_dialsByIt_andAsksNoSeed() {
    start(memory(KEY, 20));
    assertThat(links.takeDials()).hasSize(TARGET).doesNotContain(SEED);
    assertThat(directory.lookUps).isEmpty();
  }

  @Test
  void seed_isReleased_onceTheTargetIsReached_butNotBeforeItHasSpoken() {
    start(PeerMemory.NOTHING);
    links.takeDials();
    LinkId seed = establish(LARGER, SEED);
    assertThat(links.take(seed)).contains(new WireMessage.GetAddr());
    List<AddressRecord> told =
        IntStream.range(0, 30)
            .mapToObj(
                i ->
                    new AddressRecord(
                        new IpEndpoint(IpAddress.ofIpv4((40 << 24) + i * 65_537), 9000), 60, 1))
            .toList();
    manager.addressesTold(seed, told, now);
    assertThat(answerAll()).hasSize(TARGET);
    wait(Duration.ofSeconds(9));
    assertThat(active()).contains(seed);
    wait(Duration.ofSeconds(2));
    assertThat(links.take(seed)).contains(goodbye(GoodbyeReason.NOT_NEEDED));
    assertThat(active()).hasSize(TARGET).doesNotContain(seed);
    closedBy(seed, CloseReason.Cause.LOCAL);
    wait(Duration.ofSeconds(40));
    assertThat(links.takeDials()).doesNotContain(SEED);
  }

  @Test
  void feeler_endsAtOnce_andNobodyHearsOfIt() {
    start(memory(KEY, 60));
    answerAll();
    observed.clear();
    for (int i = 0; i < 1800 && links.dials.isEmpty(); i++) {
      wait(Duration.ofSeconds(1));
    }
    // Trials are dialled too; the feeler is the one that is not taken in.
    int feelers = 0;
    for (int i = 0; i < 3600 && feelers == 0; i++) {
      for (PeerAddress address : links.takeDials()) {
        observed.clear();
        LinkId link = establish(somebody(), address);
        if (taken == null) {
          feelers++;
          assertThat(links.take(link)).containsExactly(goodbye(GoodbyeReason.NOT_NEEDED));
          assertThat(links.closed).containsKey(link);
          closedBy(link, CloseReason.Cause.LOCAL);
          assertThat(observed).isEmpty();
          assertThat(active()).doesNotContain(link);
        }
      }
      wait(Duration.ofSeconds(1));
    }
    assertThat(feelers).isEqualTo(1);
  }

  @Test
  void linkThatWanders_endsWhenTheNextOneBegins_andTheOthersStay() {
    start(memory(KEY, 60));
    List<LinkId> kept = answerAll();
    List<LinkId> wandered = new ArrayList<>();
    for (int i = 0; i < 7200 && wandered.size() < 2; i++) {
      wait(Duration.ofSeconds(1));
      for (PeerAddress address : links.takeDials()) {
        LinkId link = establish(somebody(), address);
        if (taken == null) {
          closedBy(link, CloseReason.Cause.LOCAL);
        } else {
          wandered.add(link);
        }
      }
    }
    assertThat(links.take(wandered.getFirst())).contains(goodbye(GoodbyeReason.NOT_NEEDED));
    assertThat(active())
        .containsExactlyInAnyOrder(kept.get(0), kept.get(1), kept.get(2), wandered.get(1));
    assertThat(manager.status(now).stream().filter(PeerStatus::kept).map(PeerStatus::link))
        .containsExactlyElementsOf(kept);
  }

  @Test
  void memory_isKeptEveryFiveMinutes_andWhenTheNodeStops() {
    start(memory(KEY, 20));
    List<PeerAddress> dials = new ArrayList<>(links.dials);
    answerAll();
    wait(Duration.ofSeconds(299));
    assertThat(directory.kept).isNull();
    wait(Duration.ofSeconds(2));
    PeerMemory first = Objects.requireNonNull(directory.kept);
    assertThat(first.key()).isEqualTo(KEY);
    assertThat(first.addresses()).hasSizeGreaterThan(15);
    assertThat(first.anchors()).hasSize(Joining.ANCHORS);
    assertThat(first.anchors()).allMatch(anchor -> anchor.pinned() != null);
    directory.kept = null;
    manager.stop(now);
    assertThat(Objects.requireNonNull(directory.kept).anchors()).isEqualTo(first.anchors());
    directory.kept = null;
    manager.stop(now);
    assertThat(directory.kept).isNull();
    assertThat(dials).hasSize(TARGET);
  }

  /** The node thread does other things between two slices; nobody waits for a full book. */
  @Test
  void largeBook_isCopiedInSlices_beforeItIsKept() {
    int slices = 4;
    start(memory(KEY, slices * BookCopy.SLICE));
    pass(Keeping.EVERY);
    for (int slice = 1; slice < slices; slice++) {
      assertThat(directory.kept).as("after slice %s", slice).isNull();
      pass(Keeping.SLICE_EVERY);
    }
    assertThat(Objects.requireNonNull(directory.kept).addresses())
        .hasSizeBetween((slices - 1) * BookCopy.SLICE + 1, slices * BookCopy.SLICE)
        .doesNotHaveDuplicates();

    directory.kept = null;
    pass(Keeping.EVERY);
    assertThat(directory.kept).isNull();
    manager.stop(now);
    assertThat(Objects.requireNonNull(directory.kept).addresses())
        .as("the whole book, though a copy of it was not complete")
        .hasSizeGreaterThan((slices - 1) * BookCopy.SLICE);
  }

  @Test
  void seedThatWasReached_isInTheBook_butNoPermanentPeer_unlessOthersTellOfIt() {
    PeerAddress permanent = PeerAddress.parse("10.0.0.7:9000");
    JoinSettings join =
        new JoinSettings(List.of(SEED), List.of(permanent), List.of(), true, true, null);
    manager =
        manager(
            new PeerSettings(join, TARGET, 9, PING_AFTER, SILENCE, Duration.ofSeconds(20)),
            PeerMemory.NOTHING);
    manager.start(LISTENING, now);
    assertThat(links.takeDials()).containsExactlyInAnyOrder(SEED, permanent);
    LinkId seed = establish(LARGER, SEED);
    LinkId link = establish(SMALLER, permanent);
    assertThat(known()).containsExactly(IpEndpoint.of(SEED.endpoint()));

    IpEndpoint told = Objects.requireNonNull(IpEndpoint.of(permanent.endpoint()));
    manager.addressesTold(seed, List.of(new AddressRecord(told, 0, 1)), now);
    closedBy(link, CloseReason.Cause.RESET);
    wait(Duration.ofSeconds(31));
    assertThat(links.takeDials()).contains(permanent);
    establish(SMALLER, permanent);
    manager.stop(now);
    assertThat(Objects.requireNonNull(directory.kept).addresses())
        .filteredOn(each -> each.endpoint().equals(told))
        .allMatch(each -> SMALLER.peerId().equals(each.proven()))
        .hasSize(1);
  }

  private List<IpEndpoint> known() {
    wait(Duration.ofMinutes(5));
    return Objects.requireNonNull(directory.kept).addresses().stream()
        .map(KnownAddress::endpoint)
        .toList();
  }

  @Test
  void guards_areKept_andDialledInTheirOrderAfterARestart() {
    start(memory(KEY, 20));
    answerAll();
    manager.stop(now);
    List<PeerAddress> guards = Objects.requireNonNull(directory.kept).guards();
    assertThat(guards).hasSize(TARGET).allMatch(guard -> guard.pinned() != null);

    links.takeDials();
    start(new PeerMemory(KEY, List.of(), List.of(), guards, List.of()));
    assertThat(links.takeDials().subList(0, TARGET)).isEqualTo(guards);
  }

  @Test
  void whoIsBadlyBehaved_isNoGuardAnyMore() {
    start(memory(KEY, 20));
    Neighbour first = Objects.requireNonNull(manager.speaker(answerAll().getFirst()));
    for (int score = 0; score > Conduct.GOES_FIRST_SCORE; ) {
      first.blame(Offence.BROKEN_PROMISE, now);
      score -= Offence.BROKEN_PROMISE.points();
    }
    manager.stop(now);
    assertThat(Objects.requireNonNull(directory.kept).guards())
        .hasSize(TARGET - 1)
        .noneMatch(guard -> first.id().equals(guard.pinned()));
  }

  @Test
  void key_isDrawnOnce_andKept() {
    start(PeerMemory.NOTHING);
    manager.stop(now);
    Bytes key = Objects.requireNonNull(directory.kept).key();
    assertThat(key.length()).isEqualTo(PeerMemory.KEY_BYTES);
    start(new PeerMemory(key, List.of(), List.of()));
    manager.stop(now);
    assertThat(Objects.requireNonNull(directory.kept).key()).isEqualTo(key);
    start(new PeerMemory(Bytes.wrap(new byte[7]), List.of(), List.of()));
    manager.stop(now);
    assertThat(Objects.requireNonNull(directory.kept).key().length()).isEqualTo(16);
  }

  @Test
  void anchors_areDialledFirst_twoAtMost() {
    PeerAddress[] anchors =
        IntStream.range(0, 10)
            .mapToObj(i -> new PeerAddress(new Endpoint("60." + i + ".1.1", 9000), null))
            .toArray(PeerAddress[]::new);
    start(memory(KEY, 20, anchors));
    List<PeerAddress> dials = links.takeDials();
    assertThat(dials).startsWith(anchors[0], anchors[1]).hasSize(TARGET);
    assertThat(dials.getLast().endpoint().host()).startsWith("40.");
  }

  /** Who has dialled the node could choose to be one otherwise. */
  @Test
  void whoHasDialled_isNoAnchor() {
    start(memory(KEY, 20));
    List<PeerIdentity> strangers = List.of(somebody(), somebody(), somebody());
    strangers.forEach(this::inbound);
    assertThat(answerAll()).hasSize(TARGET);
    manager.stop(now);
    assertThat(Objects.requireNonNull(directory.kept).anchors())
        .hasSize(2)
        .noneMatch(
            anchor -> strangers.stream().anyMatch(each -> each.peerId().equals(anchor.pinned())));
  }
}
