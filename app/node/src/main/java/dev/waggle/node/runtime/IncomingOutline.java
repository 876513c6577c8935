package dev.waggle.node.runtime;

import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.domain.relay.OutlineArrival;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;

/** An outline of a block that a link has received, on its way to the node. */
final class IncomingOutline extends IncomingHeader {
  private final WireMessage.Outline outline;

  IncomingOutline(MessageId id, WireMessage.Outline outline) {
    super(
        id,
        outline.header(),
        outline.proof(),
        outline.ids().size(),
        MessageWeight.bytes(outline),
        MessageWeight.contentBytes(outline));
    this.outline = outline;
  }

  @Override
  public Lane lane() {
    return Lane.of(outline);
  }

  @Override
  boolean isNamed() {
    return true;
  }

  OutlineArrival arrival() {
    return new OutlineArrival(id(), outline, examination());
  }
}
