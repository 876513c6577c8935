package dev.waggle.domain.punch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RelayTest {
  private static final Bytes BODY = Bytes.ofHex("00");

  private final Outbox outbox = new Outbox();
  private final Relay relay = new Relay(outbox, new Draws(new SeededRandom(1)));
  private long now = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos(); // Soon runs over.

  /** Keeps what is sent. */
  private static final class Outbox implements PunchPeers {
    private final Map<LinkId, List<WireMessage>> sent = new LinkedHashMap<>();

    @Override
    public boolean isLinked(PeerId peer) {
      return false;
    }

    @Override
    public boolean mayDial(PeerId peer, IpEndpoint at, long nowNanos) {
      return false;
    }

    @Override
    public boolean send(LinkId link, WireMessage message) {
      sent.computeIfAbsent(link, _ -> new ArrayList<>()).add(message);
      return true;
    }
  }

  private static PeerId peer(int number) {
    return new PeerId(Bytes.wrap(ByteBuffer.allocate(PeerId.LENGTH).putInt(number).array()));
  }

  private static LinkId link(int number) {
    return new LinkId(number);
  }

  private List<WireMessage> take(int number) {
    List<WireMessage> sent = outbox.sent.remove(link(number));
    return sent == null ? List.of() : sent;
  }

  private void linked(int... numbers) {
    for (int number : numbers) {
      relay.linked(link(number), peer(number));
    }
  }

  private void willing(int... numbers) {
    linked(numbers);
    for (int number : numbers) {
      relay.asked(link(number), now);
    }
    outbox.sent.clear();
  }

  private List<PeerId> answerTo(int number) {
    relay.asked(link(number), now);
    return take(number).stream()
        .flatMap(message -> ((WireMessage.Meet) message).peers().stream())
        .toList();
  }

  private static WireMessage relayed(int from) {
    return new WireMessage.Relayed(peer(from), BODY);
  }

  @Test
  void whoAsks_isToldOfTheOthersWhoHaveAsked() {
    linked(1, 2, 3);
    assertThat(answerTo(1)).isEmpty();
    assertThat(answerTo(2)).containsExactly(peer(1));
    assertThat(answerTo(1)).containsExactly(peer(2));
  }

  @Test
  void whoHasAskedAloneIsAnsweredToo_withNobody() {
    linked(1);
    relay.asked(link(1), now);
    assertThat(take(1)).containsExactly(new WireMessage.Meet(List.of()));
  }

  @Test
  void whoHasNotAskedFor10Minutes_isNotToldOf() {
    willing(1);
    linked(2);
    now += Relay.WILLING_FOR.toNanos() - 1;
    assertThat(answerTo(2)).containsExactly(peer(1));
    now += 1;
    assertThat(answerTo(2)).isEmpty();
  }

  @Test
  void whoIsGone_isNotToldOf_andWhoHasTwoLinksIsToldOfOnce() {
    willing(1, 2, 3);
    relay.linked(link(4), peer(3));
    relay.asked(link(4), now);
    relay.unlinked(link(2));
    assertThat(answerTo(1)).containsExactly(peer(3));
  }

  @Test
  void ofMany_eightAreDrawnAtRandom() {
    willing(IntStream.range(0, 100).toArray());
    Set<PeerId> told = new LinkedHashSet<>();
    for (int number = 0; number < 100; number++) {
      List<PeerId> answer = answerTo(number);
      assertThat(answer).hasSize(WireMessage.MAX_INTRODUCED).doesNotContain(peer(number));
      told.addAll(answer);
    }
    assertThat(told).hasSizeGreaterThan(90);
  }

  @Test
  void stormOfQuestions_isAnsweredAtItsRate_onEachLinkByItself() {
    int[] numbers = IntStream.range(0, 1000).toArray();
    linked(numbers);
    for (int i = 0; i < 20; i++) {
      for (int number : numbers) {
        relay.asked(link(number), now);
      }
    }
    for (int number : numbers) {
      assertThat(take(number)).hasSize(Relay.QUESTIONS.atOnce());
    }
    now += Relay.QUESTIONS.everyNanos();
    relay.asked(link(1), now);
    relay.asked(link(1), now);
    assertThat(take(1)).hasSize(1);
  }

  @Test
  void whatIsPassedOn_namesItsSender() {
    willing(1, 2);
    relay.pass(link(1), peer(2), BODY, now);
    assertThat(take(2)).containsExactly(relayed(1));
    assertThat(relay.relayed()).isEqualTo(1);
  }

  @Test
  void nothingIsPassedOn_toOrFromWhoHasNotAsked_norToOneself() {
    willing(1, 2);
    linked(3);
    relay.pass(link(1), peer(3), BODY, now);
    relay.pass(link(3), peer(1), BODY, now);
    relay.pass(link(1), peer(1), BODY, now);
    relay.pass(link(1), peer(4), BODY, now);
    relay.pass(link(4), peer(1), BODY, now);
    assertThat(outbox.sent).isEmpty();

    now += Relay.WILLING_FOR.toNanos();
    relay.pass(link(1), peer(2), BODY, now);
    assertThat(outbox.sent).isEmpty();
    assertThat(relay.relayed()).isZero();
  }

  @Test
  void whatOneSends_isLimited_andUsesUpNobodyElses() {
    willing(1, 2, 3);
    for (int i = 0; i < 1000; i++) {
      relay.pass(link(1), peer(2), BODY, now);
    }
    assertThat(take(2)).hasSize(Relay.SENT.atOnce());
    relay.pass(link(3), peer(2), BODY, now);
    assertThat(take(2)).containsExactly(relayed(3));
    now += Relay.SENT.everyNanos();
    relay.pass(link(1), peer(2), BODY, now);
    relay.pass(link(1), peer(2), BODY, now);
    assertThat(take(2)).hasSize(1);
  }

  @Test
  void whatOneReceives_isLimited_howeverManySend() {
    int[] numbers = IntStream.range(0, 100).toArray();
    willing(numbers);
    for (int number : numbers) {
      relay.pass(link(number), peer(0), BODY, now);
    }
    assertThat(take(0)).hasSize(Relay.RECEIVED.atOnce());
    relay.pass(link(1), peer(2), BODY, now);
    assertThat(take(2)).hasSize(1);
  }

  @Test
  void whatIsPassedOnInAll_isLimited() {
    int[] numbers = IntStream.range(0, 100).toArray();
    willing(numbers);
    for (int number : numbers) {
      relay.pass(link(number), peer((number + 1) % 100), BODY, now);
    }
    assertThat(relay.relayed()).isEqualTo(Relay.IN_ALL.atOnce());
    now += Duration.ofSeconds(1).toNanos();
    for (int number : numbers) {
      relay.pass(link(number), peer((number + 1) % 100), BODY, now);
    }
    assertThat(relay.relayed()).isEqualTo(Relay.IN_ALL.atOnce() + 20);
  }
}
