package dev.waggle.simulator.node;

import dev.waggle.ports.node.LinkId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The links of a node. The name of a link says where it stands here: a network of thousands is
 * simulated as fast as memory answers, and a map would ask it four times.
 */
final class LinkTable {
  private static final int SLOT_BITS = 16;
  private static final int SLOT_MASK = (1 << SLOT_BITS) - 1;

  private @Nullable LinkEnd[] slots = new LinkEnd[8];
  private int count;

  /**
   * A name for the next link to be added; no link of the run has had it, as none has {@code
   * number}.
   */
  LinkId newId(long number) {
    int slot = 0;
    while (slot < slots.length && slots[slot] != null) {
      slot++;
    }
    if (slot > SLOT_MASK) {
      throw new IllegalStateException("a node has at most " + slot + " links");
    }
    return new LinkId((number << SLOT_BITS) | slot);
  }

  private static int slotOf(LinkId id) {
    return (int) id.value() & SLOT_MASK;
  }

  void add(LinkEnd link) {
    int slot = slotOf(link.id());
    if (slot >= slots.length) {
      slots = Arrays.copyOf(slots, 2 * slots.length);
    }
    slots[slot] = link;
    count++;
  }

  @Nullable LinkEnd find(LinkId id) {
    int slot = slotOf(id);
    LinkEnd link = slot < slots.length ? slots[slot] : null;
    return link != null && link.id().equals(id) ? link : null;
  }

  void remove(LinkEnd link) {
    if (find(link.id()) == link) {
      slots[slotOf(link.id())] = null;
      count--;
    }
  }

  int count() {
    return count;
  }

  List<LinkEnd> all() {
    List<LinkEnd> all = new ArrayList<>(count);
    for (LinkEnd link : slots) {
      if (link != null) {
        all.add(link);
      }
    }
    return all;
  }

  void clear() {
    Arrays.fill(slots, null);
    count = 0;
  }
}
