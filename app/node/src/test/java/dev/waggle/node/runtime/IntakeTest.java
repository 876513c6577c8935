package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IntakeTest {
  private static final PeerId PEER = new PeerId(Bytes.wrap(new byte[PeerId.LENGTH]));
  private static final MessageIds IDS = new MessageIds(ToySuite.create().hash());
  private static final GossipMessage LIGHT = transaction(1);
  private static final GossipMessage HEAVY = transaction(2);

  private final KnownIds known = new KnownIds();
  private final List<GossipMessage> examined = new ArrayList<>();
  private final Intake intake =
      new Intake(
          IDS,
          known,
          new AcceptingApplication() {
            @Override
            public boolean takesLong(GossipMessage message) {
              return message.equals(HEAVY);
            }

            @Override
            public Examination examine(MessageId id, GossipMessage message) {
              examined.add(message);
              return () -> 1000;
            }
          });

  private static GossipMessage transaction(int number) {
    return new GossipMessage.Transaction(Bytes.wrap(new byte[] {(byte) number}));
  }

  @Test
  void gossip_isNamedAndExamined() {
    Arrival arrival = (Arrival) intake.take(new WireMessage.Gossip(LIGHT), PEER);

    assertThat(arrival.delivery().id()).isEqualTo(IDS.of(LIGHT));
    assertThat(arrival.delivery().from()).isEqualTo(PEER);
    assertThat(arrival.delivery().examination().heldBytes()).isEqualTo(1000);
    assertThat(arrival.bytes()).isGreaterThan(1000);
    assertThat(arrival.isExamined()).isTrue();
  }

  @Test
  void whatTakesLong_isLeftToOthers() {
    Arrival arrival = (Arrival) intake.take(new WireMessage.Gossip(HEAVY), PEER);

    assertThat(arrival.isExamined()).isFalse();
    assertThat(examined).isEmpty();
    long bytes = arrival.bytes();
    arrival.examined(() -> 1000);
    assertThat(arrival.bytes()).as("what was counted is what is given back").isEqualTo(bytes);
    assertThat(intake.published(HEAVY).examination().heldBytes())
        .as("but not to the node")
        .isEqualTo(1000);
  }

  @Test
  void whatIsLarge_isNamedLater() {
    GossipMessage large = new GossipMessage.Block(Bytes.wrap(new byte[16 * 1024 + 1]));
    Arrival arrival = (Arrival) intake.take(new WireMessage.Gossip(large), PEER);
    assertThat(arrival.isNamed()).isFalse();
    long bytes = arrival.bytes();

    intake.name(arrival);
    assertThat(arrival.id()).isEqualTo(IDS.of(large));
    assertThat(arrival.isExamined()).isTrue();
    assertThat(arrival.isKnown()).isFalse();
    assertThat(arrival.bytes()).as("what was counted is what is given back").isEqualTo(bytes);

    known.add(arrival.id());
    Arrival again = (Arrival) intake.take(new WireMessage.Gossip(large), PEER);
    intake.name(again);
    assertThat(again.isKnown()).isTrue();
    assertThat(examined).containsExactly(large);
  }

  @Test
  void whatIsKnown_isDropped_alsoFromAnnouncements() {
    MessageId id = IDS.of(LIGHT);
    MessageId other = IDS.of(HEAVY);
    known.add(id);

    assertThat(intake.take(new WireMessage.Gossip(LIGHT), PEER)).isNull();
    assertThat(examined).isEmpty();
    assertThat(intake.take(new WireMessage.Announce(List.of(id, other, id)), PEER))
        .isEqualTo(new Incoming.Other(new WireMessage.Announce(List.of(other))));
    assertThat(intake.take(new WireMessage.Announce(List.of(id)), PEER)).isNull();
    assertThat(intake.take(new WireMessage.Request(List.of(id)), PEER))
        .isEqualTo(new Incoming.Other(new WireMessage.Request(List.of(id))));

    known.remove(id);
    assertThat(intake.take(new WireMessage.Gossip(LIGHT), PEER)).isNotNull();
  }

  @Test
  void twoIdsOfOnePlace_theLastOneIsKnown() {
    MessageId first = new MessageId(7, 1, 1, 1);
    MessageId second = new MessageId(7, 2, 2, 2);
    known.add(first);
    known.add(second);
    assertThat(known.contains(first)).isFalse();
    assertThat(known.contains(second)).isTrue();

    known.remove(first);
    assertThat(known.contains(second)).as("it is another one's place by now").isTrue();
  }
}
