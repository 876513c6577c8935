package dev.waggle.domain.addresses;

import dev.waggle.ports.node.KnownAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * A copy of an address book that is taken in slices, since a full book is too much for the time
 * between two events of a node: what arrives meanwhile would wait for all of it.
 *
 * <p>It has each address that was in the book when the copy was begun, once, and as it is when its
 * turn comes, in whichever table it stands then; without those that are forgotten by then. Those
 * that come meanwhile are for the next copy. Owned by the thread of its book.
 */
public final class BookCopy {
  /**
   * Addresses in a slice: 0.1 ms, and 1 ms as long as that code is cold; all of a book take 50
   * times that.
   */
  public static final int SLICE = 256;

  private final Tables tables;
  private final List<BookEntry> begun;
  private final List<KnownAddress> taken;
  private int next;

  BookCopy(Tables tables) {
    this.tables = tables;
    this.begun = tables.all();
    this.taken = new ArrayList<>(begun.size());
  }

  /** Takes the next slice. Returns whether there are no more. */
  public boolean takeSlice(long nowNanos) {
    int end = Math.min(begun.size(), next + SLICE);
    for (BookEntry entry : begun.subList(next, end)) {
      // Not that entry itself: its address may have been forgotten, and told anew since.
      BookEntry current = tables.find(entry.endpoint());
      if (current != null) {
        taken.add(current.known(nowNanos));
      }
    }
    next = end;
    return next == begun.size();
  }

  /** What was taken, in no particular order; ages count from when each address had its turn. */
  public List<KnownAddress> addresses() {
    return taken;
  }
}
