package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.addresses.AddressBook;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.keyed.SipHash;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.PeerObserver;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When names are asked for nodes, and what becomes of their answers. */
class SeedNamesTest {
  private final RecordingDirectory directory = new RecordingDirectory();
  private final RecordingLinks links = new RecordingLinks();
  private final Alarm alarm = new Alarm();
  private final Draws draws = new Draws(new SeededRandom(1));
  private final AddressBook book = new AddressBook(new SipHash(1, 2), false, draws);
  private final Dialler dialler = new Dialler(links, PeerObserver.NONE, draws, alarm);
  private final SeedNames names = names("one.example", "two.example");
  private long now = -Duration.ofSeconds(30).toNanos(); // A clock starts anywhere.

  private SeedNames names(String... all) {
    return new SeedNames(List.of(all), directory, book, dialler, draws, alarm);
  }

  private List<PeerAddress> dialled() {
    dialler.dialDue(8, _ -> false, _ -> false, new Conduct(), now);
    return links.takeDials();
  }

  @Test
  void namesAreAsked_onceAMinute_whileTheyAreNeeded() {
    names.needed(now);
    names.needed(now);
    assertThat(directory.lookUps).containsExactly("one.example", "two.example");
    assertThat(alarm.deadlineNanos(now) - now).isEqualTo(SeedNames.ASK_EVERY.toNanos());
    now += SeedNames.ASK_EVERY.toNanos() - 1;
    names.needed(now);
    assertThat(directory.lookUps).hasSize(2);
    now += 1;
    names.needed(now);
    assertThat(directory.lookUps).hasSize(4);
  }

  @Test
  void withoutNames_nobodyIsAsked_norWoken() {
    names().needed(now);
    assertThat(directory.lookUps).isEmpty();
    assertThat(alarm.rings(now + Duration.ofMinutes(30).toNanos())).isFalse();
  }

  @Test
  void answer_isHearsayOfSomeDays() {
    names.found(
        "one.example",
        List.of(PeerAddress.parse("11.1.1.1:9000"), PeerAddress.parse("[2a00:1::1]:9000")),
        now);
    assertThat(book.size()).isEqualTo(2);
    long least = Duration.ofDays(3).plusHours(2).toSeconds();
    long most = Duration.ofDays(7).plusHours(2).toSeconds();
    assertThat(book.all(now))
        .extracting(KnownAddress::seenSecondsAgo)
        .allSatisfy(age -> assertThat(age).isBetween(least, most));
    assertThat(dialled()).isEmpty();
  }

  @Test
  void answersOfTwoNames_countAsToldByTwo() {
    names.found("one.example", List.of(PeerAddress.parse("11.1.1.1:9000")), now);
    names.found("two.example", List.of(PeerAddress.parse("11.2.1.1:9000")), now);
    names.found("two.example", List.of(PeerAddress.parse("11.3.1.1:9000")), now);
    assertThat(book.all(now).stream().map(KnownAddress::source).distinct()).hasSize(2);
  }

  @Test
  void addressWithAPin_isDialledAsASeed() {
    PeerAddress pinned = PeerAddress.parse("ab".repeat(32) + "@11.1.1.1:9000");
    names.found("one.example", List.of(pinned), now);
    assertThat(book.size()).isZero();
    assertThat(dialled()).containsExactly(pinned);
  }

  @Test
  void privateAddresses_andNames_areNotTaken() {
    names.found(
        "one.example",
        List.of(
            PeerAddress.parse("10.1.1.1:9000"),
            PeerAddress.parse("ab".repeat(32) + "@127.0.0.1:9000"),
            PeerAddress.parse("ab".repeat(32) + "@victim.example:9000")),
        now);
    assertThat(book.size()).isZero();
    assertThat(dialled()).isEmpty();
  }

  @Test
  void ofALongAnswer_aPartIsTaken() {
    String pin = "ab".repeat(32) + "@";
    List<PeerAddress> many =
        IntStream.range(0, 300)
            .mapToObj(i -> PeerAddress.parse((i < 256 ? "" : pin) + "11." + i % 256 + ".1.1:9000"))
            .toList();
    names.found("one.example", many, now);
    assertThat(dialled()).isEmpty();
    // One name's word has one bucket for each of their groups, few of which want the same place.
    assertThat(book.size()).isBetween(200, SeedNames.MAX_TAKEN);
  }

  @Test
  void seedsWithAPin_areBounded() {
    List<PeerAddress> many =
        IntStream.range(0, 600)
            .mapToObj(
                i -> PeerAddress.parse("ab".repeat(32) + "@11.1." + i / 256 + "." + i % 256 + ":1"))
            .toList();
    for (int i = 0; i < 600; i += 200) {
      names.found("one.example", many.subList(i, i + 200), now);
    }
    int tried = 0;
    for (List<PeerAddress> dials = dialled(); !dials.isEmpty(); dials = dialled()) {
      for (PeerAddress dial : dials) {
        tried++;
        dialler.failed(dial, PeerManagerFixture.REFUSED, now);
      }
    }
    assertThat(tried).isEqualTo(Dialler.MAX_TARGETS);
  }
}
