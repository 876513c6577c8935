package dev.waggle.chain;

import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;

/**
 * A hash table on disk: which blocks stand under an id. An id may have many entries; none is ever
 * removed. Owned by one thread.
 *
 * <p>Linear hashing (Litwin 1980): the table grows by one bucket at a time, which takes some of the
 * entries of one other, so no step costs more than the longest chain. A bucket is a page, and a
 * chain of further pages where it has overflowed; the first page takes the next entry, and is moved
 * behind itself when it is full, so adding costs the same however many entries an id has.
 *
 * <p>Of an id a tag of 16 bytes is kept: the start of SHA-256(secret || id). Nobody who does not
 * know the secret, which each table has of its own, can fill one bucket on purpose, or look for two
 * ids that have one tag: in any 16 bytes of the ids themselves two can be made to agree by 2^64
 * tries, and this node would reject a block that all others accept.
 */
// A library was tried first: MVStore, a B-tree that copies its pages, left 4 MB of garbage on the
// disk for each block of 4,096 small transactions, and took 100 ms for it; this takes some 30.
final class IdTable {
  static final int PAGE_BYTES = 4096 - Integer.BYTES; // the checksum makes it 4096

  private static final int COUNT = 0;
  private static final int NEXT = 8;
  private static final int ENTRIES = 16;
  private static final int ENTRY_BYTES = 32;
  private static final int PER_PAGE = (PAGE_BYTES - ENTRIES) / ENTRY_BYTES;

  /** Entries per bucket on average: about seven tenths of a page. */
  private static final int LOAD = 88;

  private static final long NO_PAGE = -1;

  private final Records buckets;
  private final Records overflow;
  private final MessageDigest digest = MessageIds.sha256();
  private final byte[] tagged = new byte[2 * Long.BYTES + MessageId.LENGTH];
  private State state;

  /**
   * What must be kept of a table beside its pages.
   *
   * @param free the first page of those that are not used any more, or -1
   */
  record State(
      long secretA, long secretB, long buckets, long entries, long overflowPages, long free) {
    static final int BYTES = 6 * Long.BYTES;

    static State read(ByteBuffer in) {
      return new State(
          in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    void write(ByteBuffer out) {
      out.putLong(secretA).putLong(secretB).putLong(buckets).putLong(entries);
      out.putLong(overflowPages).putLong(free);
    }
  }

  /** What an id is known by in this table. */
  private record Tag(long high, long low) {}

  /** A question about an entry. */
  @FunctionalInterface
  interface Test {
    /** Whether it is the one that is looked for. */
    boolean isIt(long block, long height) throws IOException;
  }

  IdTable(Records buckets, Records overflow, State state) {
    this.buckets = buckets;
    this.overflow = overflow;
    this.state = state;
  }

  /** An empty table. */
  static IdTable create(Records buckets, Records overflow, long secretA, long secretB)
      throws IOException {
    State empty = new State(secretA, secretB, 1, 0, 0, NO_PAGE);
    IdTable table = new IdTable(buckets, overflow, empty);
    buckets.reserve(1);
    buckets.write(0, emptyPage());
    return table;
  }

  State state() {
    return state;
  }

  /** Whether some entry of {@code id} passes the test, which may not use this table. */
  boolean any(MessageId id, Test test) throws IOException {
    Tag tag = tagOf(id);
    ByteBuffer in = buckets.read(bucketOf(tag.low()));
    while (true) {
      int end = ENTRIES + in.getInt(COUNT) * ENTRY_BYTES;
      for (int at = ENTRIES; at < end; at += ENTRY_BYTES) {
        if (in.getLong(at) == tag.high()
            && in.getLong(at + 8) == tag.low()
            && test.isIt(in.getLong(at + 16), in.getLong(at + 24))) {
          return true;
        }
      }
      long next = in.getLong(NEXT);
      if (next == NO_PAGE) {
        return false;
      }
      in = overflow.read(next);
    }
  }

  /** Makes room for so many further entries, wherever they go to. */
  void reserve(int entries) throws IOException {
    buckets.reserve(state.buckets + entries / LOAD + 1);
    // Each entry may find its page full. A split takes a page only where it has given one back.
    overflow.reserve(state.overflowPages + entries);
  }

  /** Adds an entry under each of these ids, for which room must have been made. */
  void add(List<MessageId> ids, long block, long height) throws IOException {
    ByteBuffer page = emptyPage();
    for (MessageId id : ids) {
      if (state.entries >= state.buckets * LOAD) {
        split();
      }
      Tag tag = tagOf(id);
      long bucket = bucketOf(tag.low());
      copy(buckets.read(bucket), page);
      append(page, tag, block, height);
      buckets.write(bucket, page);
      count(state.buckets, state.entries + 1);
    }
  }

  /** Adds to a first page in memory, and moves its old content behind it if it is full. */
  private void append(ByteBuffer first, Tag tag, long block, long height) throws IOException {
    int count = first.getInt(COUNT);
    if (count == PER_PAGE) {
      long behind = takePage();
      overflow.write(behind, first);
      clear(first).putLong(NEXT, behind);
      count = 0;
    }
    int at = ENTRIES + count * ENTRY_BYTES;
    first.putLong(at, tag.high()).putLong(at + 8, tag.low());
    first.putLong(at + 16, block).putLong(at + 24, height).putInt(COUNT, count + 1);
  }

  /** Adds a bucket, and moves to it what belongs there now. */
  private void split() throws IOException {
    long added = state.buckets;
    long from = added - Long.highestOneBit(added);
    ByteBuffer staying = emptyPage();
    ByteBuffer moving = emptyPage();
    ByteBuffer page = emptyPage();
    copy(buckets.read(from), page);
    count(added + 1, state.entries);
    while (true) {
      int end = ENTRIES + page.getInt(COUNT) * ENTRY_BYTES;
      for (int at = ENTRIES; at < end; at += ENTRY_BYTES) {
        Tag tag = new Tag(page.getLong(at), page.getLong(at + 8));
        ByteBuffer target = bucketOf(tag.low()) == added ? moving : staying;
        append(target, tag, page.getLong(at + 16), page.getLong(at + 24));
      }
      long next = page.getLong(NEXT);
      if (next == NO_PAGE) {
        break;
      }
      copy(overflow.read(next), page);
      givePage(next);
    }
    buckets.write(added, moving);
    buckets.write(from, staying);
  }

  private Tag tagOf(MessageId id) {
    ByteBuffer.wrap(tagged).putLong(state.secretA).putLong(state.secretB);
    id.copyTo(tagged, 2 * Long.BYTES);
    ByteBuffer hash = ByteBuffer.wrap(digest.digest(tagged));
    return new Tag(hash.getLong(), hash.getLong());
  }

  private long bucketOf(long tag) {
    long mask = 2 * Long.highestOneBit(state.buckets) - 1;
    long bucket = tag & mask;
    return bucket < state.buckets ? bucket : tag & (mask >> 1);
  }

  private long takePage() throws IOException {
    long taken = state.free;
    if (taken == NO_PAGE) {
      taken = state.overflowPages;
      pages(taken + 1, NO_PAGE);
    } else {
      pages(state.overflowPages, overflow.read(taken).getLong(NEXT));
    }
    return taken;
  }

  private void givePage(long number) throws IOException {
    overflow.write(number, emptyPage().putLong(NEXT, state.free));
    pages(state.overflowPages, number);
  }

  private void count(long newBuckets, long newEntries) {
    state =
        new State(
            state.secretA, state.secretB, newBuckets, newEntries, state.overflowPages, state.free);
  }

  private void pages(long newOverflowPages, long newFree) {
    state =
        new State(
            state.secretA, state.secretB, state.buckets, state.entries, newOverflowPages, newFree);
  }

  private static ByteBuffer emptyPage() {
    return clear(ByteBuffer.allocate(PAGE_BYTES));
  }

  private static ByteBuffer clear(ByteBuffer page) {
    return page.clear().putInt(COUNT, 0).putLong(NEXT, NO_PAGE);
  }

  private static void copy(ByteBuffer source, ByteBuffer target) {
    target.clear().put(source.duplicate().clear()).clear();
  }
}
