package dev.waggle.domain.gossip;

import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/**
 * The ids of messages that were judged lately, and the youngest of the accepted messages
 * themselves.
 *
 * <p>A ring in the order of arrival, whose positions an open-addressed table finds by id (linear
 * probing, deletion by shifting back). All of it lies in arrays of primitives: adding and looking
 * up makes no garbage, and a million entries are nothing to trace for the collector. Entries leave
 * at the old end only, by number and by age; messages leave before their ids do, by bytes.
 *
 * <p>Ids are hashes, but a peer can choose among messages; hence the random salt, without which it
 * could crowd one place of the table.
 */
final class MessageCache {
  /** What a kept message costs beyond its payload. */
  private static final long OVERHEAD_BYTES = 128;

  private static final int INITIAL_CAPACITY = 1024;
  private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

  /** The half of a hash that entries hold: more bits than a table of any size is indexed by. */
  private static final long HASH_MASK = -1L << Integer.SIZE;

  private final int maxCount;
  private final long maxAgeNanos;
  private final long maxBytes;
  private final long salt;
  private final DuplicateFilter filter;

  // The ring: entry number n, counted from the first ever, lies at n modulo the capacity.
  private long[] words = new long[0];
  private long[] addedNanos = new long[0];
  private @Nullable GossipMessage[] messages = new GossipMessage[0];
  private int mask = -1;
  private long oldest;
  private long oldestKept;
  private long next;
  private long keptBytes;

  // Twice as long as the ring: upper half of the hash, and 1 + position in the ring; or 0. With the
  // hash at hand, a search looks into the ring, and so waits for memory, only where it ends.
  private long[] table = new long[0];
  private int tableShift;

  /**
   * An empty cache.
   *
   * @param filter hears what is forgotten
   */
  MessageCache(GossipSettings settings, long salt, DuplicateFilter filter) {
    this.maxCount = settings.seenMaxCount();
    this.maxAgeNanos = settings.seenMaxAge().toNanos();
    this.maxBytes = settings.recentMaxBytes();
    this.salt = salt;
    this.filter = filter;
  }

  int size() {
    return (int) (next - oldest);
  }

  long keptBytes() {
    return keptBytes;
  }

  boolean contains(MessageId id) {
    return size() > 0 && table[slot(id)] != 0;
  }

  /** The message, if it was accepted and is still kept. */
  @Nullable GossipMessage find(MessageId id) {
    if (size() == 0) {
      return null;
    }
    long entry = table[slot(id)];
    return entry == 0 ? null : messages[position(entry)];
  }

  /**
   * Remembers an id; one that is there already keeps its place.
   *
   * @param message kept too if it is not null
   */
  void add(MessageId id, @Nullable GossipMessage message, long nowNanos) {
    if (contains(id)) {
      return;
    }
    if (size() == maxCount) {
      removeOldest();
    }
    if (size() == mask + 1) {
      grow();
    }
    int position = (int) (next & mask);
    words[4 * position] = id.first();
    words[4 * position + 1] = id.second();
    words[4 * position + 2] = id.third();
    words[4 * position + 3] = id.fourth();
    addedNanos[position] = nowNanos;
    table[slot(id)] = entry(hash(id.first()), position);
    next++;
    if (message != null) {
      messages[position] = message;
      keptBytes += cost(message);
      while (keptBytes > maxBytes) {
        dropOldestMessage();
      }
    }
  }

  /** Forgets what is too old. */
  void expire(long nowNanos) {
    while (oldest < next && nowNanos - addedNanos[(int) (oldest & mask)] >= maxAgeNanos) {
      removeOldest();
    }
  }

  private void removeOldest() {
    while (oldestKept <= oldest) {
      dropOldestMessage();
    }
    int position = (int) (oldest & mask);
    filter.remove(id(position));
    oldest++;
    // The oldest lies where its search begins: only older ones can have lain in its way.
    closeHole(home(hash(words[4 * position])));
  }

  private MessageId id(int position) {
    int word = 4 * position;
    return new MessageId(words[word], words[word + 1], words[word + 2], words[word + 3]);
  }

  private void dropOldestMessage() {
    int position = (int) (oldestKept++ & mask);
    GossipMessage message = messages[position];
    if (message != null) {
      keptBytes -= cost(message);
      messages[position] = null;
    }
  }

  private static long cost(GossipMessage message) {
    return message.payload().length() + OVERHEAD_BYTES;
  }

  /** Where the id is in the table, or the empty place where it would be put. */
  private int slot(MessageId id) {
    long hash = hash(id.first());
    int slot = home(hash);
    while (table[slot] != 0 && !matches(table[slot], hash, id)) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }

  private long hash(long firstWord) {
    return (firstWord ^ salt) * GOLDEN_RATIO;
  }

  private static long entry(long hash, int position) {
    return (hash & HASH_MASK) | (position + 1);
  }

  private static int position(long entry) {
    return (int) entry - 1;
  }

  /** Where a search begins: the first bits of a hash, be it in an entry or not. */
  private int home(long hashOrEntry) {
    return (int) (hashOrEntry >>> tableShift);
  }

  private boolean matches(long entry, long hash, MessageId id) {
    if (((entry ^ hash) & HASH_MASK) != 0) {
      return false;
    }
    int position = position(entry);
    return words[4 * position] == id.first()
        && words[4 * position + 1] == id.second()
        && words[4 * position + 2] == id.third()
        && words[4 * position + 3] == id.fourth();
  }

  /** Moves up what was pushed past the hole, so that no search ends there too early. */
  private void closeHole(int hole) {
    int last = table.length - 1;
    int free = hole;
    for (int slot = (hole + 1) & last; table[slot] != 0; slot = (slot + 1) & last) {
      int wandered = (slot - home(table[slot])) & last;
      if (wandered >= ((slot - free) & last)) {
        table[free] = table[slot];
        free = slot;
      }
    }
    table[free] = 0;
  }

  /** Doubles the ring, and lays the table out anew. */
  private void grow() {
    int capacity = Math.max(INITIAL_CAPACITY, 2 * (mask + 1));
    long[] oldWords = words;
    long[] oldAdded = addedNanos;
    @Nullable GossipMessage[] oldMessages = messages;
    int oldMask = mask;
    words = new long[4 * capacity];
    addedNanos = new long[capacity];
    messages = new GossipMessage[capacity];
    mask = capacity - 1;
    table = new long[2 * capacity];
    tableShift = Long.SIZE - Integer.numberOfTrailingZeros(table.length);
    for (long number = oldest; number < next; number++) {
      int from = (int) (number & oldMask);
      int to = (int) (number & mask);
      System.arraycopy(oldWords, 4 * from, words, 4 * to, 4);
      addedNanos[to] = oldAdded[from];
      messages[to] = oldMessages[from];
      long hash = hash(words[4 * to]);
      table[emptySlot(hash)] = entry(hash, to);
    }
  }

  private int emptySlot(long hash) {
    int slot = home(hash);
    while (table[slot] != 0) {
      slot = (slot + 1) & (table.length - 1);
    }
    return slot;
  }
}
