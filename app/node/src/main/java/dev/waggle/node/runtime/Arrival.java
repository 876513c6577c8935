package dev.waggle.node.runtime;

import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A gossip message that a link has received, on its way to the node. */
final class Arrival extends Examinee {
  private final GossipMessage message;
  private final PeerId from;
  private MessageIds.@Nullable Named name;

  Arrival(GossipMessage message, PeerId from) {
    super(MessageWeight.bytes(message), message.payload().length());
    this.message = message;
    this.from = from;
  }

  @Override
  public Lane lane() {
    return Lane.of(message);
  }

  GossipMessage message() {
    return message;
  }

  @Override
  boolean isNamed() {
    return name != null;
  }

  @Override
  MessageId id() {
    return name().id();
  }

  private MessageIds.Named name() {
    return Objects.requireNonNull(name, "not named");
  }

  void named(MessageIds.Named found) {
    name = found;
  }

  /** Counts in its weight what was found out so far; before it is put into an inbox. */
  void weigh() {
    weigh(examination().heldBytes() + MessageWeight.bytes(name().parts()));
  }

  @Override
  MessageId subject() {
    return id();
  }

  @Override
  Examination examineBy(GossipApplication application) {
    return application.examine(id(), message);
  }

  Delivery delivery() {
    return new Delivery(id(), message, name().parts(), examination(), from);
  }
}
