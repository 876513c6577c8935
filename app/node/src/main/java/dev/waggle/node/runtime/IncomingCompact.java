package dev.waggle.node.runtime;

import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.domain.relay.CompactArrival;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A compact block that a link has received, on its way to the node: prefilled items get names. */
final class IncomingCompact extends IncomingHeader {
  private final WireMessage.Compact compact;
  private @Nullable List<MessageId> prefilled;

  IncomingCompact(MessageId id, WireMessage.Compact compact) {
    super(
        id,
        compact.header(),
        compact.proof(),
        compact.items(),
        MessageWeight.bytes(compact) + (long) NAME_BYTES * compact.prefilled().size(),
        MessageWeight.contentBytes(compact));
    this.compact = compact;
  }

  @Override
  public Lane lane() {
    return Lane.of(compact);
  }

  WireMessage.Compact compact() {
    return compact;
  }

  @Override
  boolean isNamed() {
    return prefilled != null;
  }

  /** The names of its prefilled items, in their order. */
  void named(List<MessageId> names) {
    prefilled = names;
  }

  CompactArrival arrival() {
    return new CompactArrival(
        id(), compact, examination(), Objects.requireNonNull(prefilled, "not named"));
  }
}
