package dev.waggle.domain.relay;

import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Items of a block that have arrived, with their names.
 *
 * @param ids of the items, in their order
 */
public record ItemsArrival(WireMessage.Items message, List<MessageId> ids) {

  /** Names the items: as long as hashing them takes. */
  public static ItemsArrival named(WireMessage.Items message, MessageIds ids) {
    List<MessageId> names = new ArrayList<>(message.items().size());
    for (IndexedItem item : message.items()) {
      names.add(ids.ofItem(item.payload()));
    }
    return new ItemsArrival(message, names);
  }
}
