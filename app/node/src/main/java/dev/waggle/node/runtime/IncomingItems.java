package dev.waggle.node.runtime;

import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.memory.MessageWeight;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.domain.relay.ItemsArrival;
import dev.waggle.ports.wire.WireMessage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Items of a block that a link has received, on their way to the node: each gets its name. */
final class IncomingItems extends Prepared {
  private final WireMessage.Items items;
  private @Nullable ItemsArrival arrival;

  IncomingItems(WireMessage.Items items) {
    super(
        MessageWeight.bytes(items) + (long) NAME_BYTES * items.items().size(),
        MessageWeight.contentBytes(items));
    this.items = items;
  }

  @Override
  public Lane lane() {
    return Lane.of(items);
  }

  WireMessage.Items items() {
    return items;
  }

  @Override
  boolean isNamed() {
    return arrival != null;
  }

  /**
   * Names them.
   *
   * @param ids the calling thread's
   */
  void nameBy(MessageIds ids) {
    arrival = ItemsArrival.named(items, ids);
  }

  ItemsArrival arrival() {
    return Objects.requireNonNull(arrival, "not named");
  }
}
