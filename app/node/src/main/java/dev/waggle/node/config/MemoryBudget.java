package dev.waggle.node.config;

import dev.waggle.domain.gossip.GossipSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much memory a node spends on what: fractions of half the heap. The other half is the
 * application's and the collector's.
 *
 * <p>What strangers can make a node hold is bounded for all of them together, so that nothing is
 * left to how many links there are: per link only what {@link #perLinkBytes} says, each way.
 *
 * <p>Beside it stands what needs no grant, because it is little and always bounded: the part of a
 * frame, or of what is held behind a Confirmation, up to 16 KiB for each of the 576 inbound
 * handshakes that admission lets in (9 MiB); the part of a record and of a message within records,
 * up to 64 KiB each for every link (16 MiB); the ids that every peer has announced or asked for, if
 * each names others (33 MiB); what is remembered of addresses for every link, and of peers that
 * have left (3 MiB); and 4096 headers of each of the four chains that a node catches up with, about
 * 200 bytes each (3 MiB). Strangers who do all of that at once, and prove the work of so many
 * headers, leave nothing of the other half of the smallest heap, and three quarters of it at 512
 * MiB; those who are sent away with what they hold of {@code incomingBytes} may have as much again
 * until their threads have let it go, which is all that is left, and more if the heap is below 160
 * MiB. What was found out about messages of 16 KiB and more that wait in inboxes comes from that
 * half too: in our chain a twentieth of these messages at most, and for blocks as much again, which
 * is what they are made of. Our chain takes another 32 MiB of it for transactions that wait for a
 * block, and 7 MiB for the ids of those whose signatures it has checked.
 *
 * @param incomingBytes for messages that span records, until the node has handled them
 * @param outgoingBytes for what waits to be sent, beyond what every link may have
 * @param perLinkBytes that may wait on every link, each way, without asking
 * @param publishedBytes of messages that were published here and wait to be judged
 * @param recentBytes for accepted messages that are kept for peers who ask
 * @param rereadBytes for messages that were read from the application for a peer, and are kept for
 *     the next who asks
 * @param waitingBytes for messages that wait for another one
 * @param aheadBytes for blocks that have come before the ones that they follow, while the node
 *     catches up
 * @param rebuildBytes for what peers have sent of blocks that are put together
 * @param partsBytes for what accepted blocks are made of, for peers who lack some of it
 * @param seenIds of messages that were judged
 */
public record MemoryBudget(
    long incomingBytes,
    long outgoingBytes,
    long perLinkBytes,
    long publishedBytes,
    long recentBytes,
    long rereadBytes,
    long waitingBytes,
    long aheadBytes,
    long rebuildBytes,
    long partsBytes,
    int seenIds) {

  private static final long MIB = 1024 * 1024;

  /** Less than that cannot carry a message of 8 MiB through a node: received, kept, passed on. */
  public static final long MIN_HEAP_BYTES = 128 * MIB;

  /** Of a seen id, in all tables that know it. */
  private static final long BYTES_PER_SEEN_ID = 64;

  /** Inbound and outbound links by default, and a few that are about to be refused. */
  private static final long LINKS = 128;

  /** Some milliseconds of work for the node, and enough for a link's I/O thread to be busy. */
  private static final long MAX_PER_LINK_BYTES = MIB;

  private static final Logger log = LoggerFactory.getLogger(MemoryBudget.class);

  /** The budget of a node that has a heap of its own. */
  public static MemoryBudget ofThisProcess() {
    return ofOneAmong(1);
  }

  /**
   * The budget of a node that shares this process's heap with others of its kind.
   *
   * @param nodes how many there are with it, at least 1; if they are too many for the heap, each
   *     plans with {@link #MIN_HEAP_BYTES} all the same, and the log has a warning
   */
  public static MemoryBudget ofOneAmong(int nodes) {
    if (nodes < 1) {
      throw new IllegalArgumentException("a node is not one among " + nodes);
    }
    long heapBytes = Runtime.getRuntime().maxMemory();
    if (heapBytes / nodes < MIN_HEAP_BYTES) {
      log.warn(
          "nodes: {}, in a heap of {} MiB; each plans with {} MiB, so the memory may run out under"
              + " load: give the JVM a larger -Xmx, or run fewer",
          nodes,
          heapBytes / MIB,
          MIN_HEAP_BYTES / MIB);
    }
    return ofHeap(heapBytes / nodes);
  }

  /**
   * The budget of a node.
   *
   * @param heapBytes that the node may think of as its own
   */
  public static MemoryBudget ofHeap(long heapBytes) {
    long budget = Math.max(heapBytes, MIN_HEAP_BYTES) / 2;
    GossipSettings defaults = GossipSettings.DEFAULTS;
    return new MemoryBudget(
        budget / 32 * 6,
        budget / 32 * 6,
        Math.min(MAX_PER_LINK_BYTES, budget / 8 / LINKS),
        Math.min(64 * MIB, budget / 32),
        Math.min(defaults.recentMaxBytes(), budget / 16),
        Math.min(defaults.rereadMaxBytes(), budget / 32),
        Math.min(defaults.waitingMaxBytes(), budget / 16),
        Math.min(defaults.sync().maxHeldBytes(), budget / 16),
        Math.min(defaults.relay().maxOpenBytes(), budget / 32),
        Math.min(defaults.relay().maxRecentBytes(), budget / 32),
        (int) Math.min(defaults.seenMaxCount(), budget / 16 / BYTES_PER_SEEN_ID));
  }
}
