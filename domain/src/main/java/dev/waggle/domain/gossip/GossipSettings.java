package dev.waggle.domain.gossip;

import dev.waggle.domain.relay.RelaySettings;
import dev.waggle.domain.sync.SyncSettings;
import java.time.Duration;

/**
 * How much gossip remembers, and for how long. The defaults suit a node; a simulation of thousands
 * makes them small.
 *
 * @param pushMaxBytes payloads up to this length are small
 * @param pushPeers that a small message is pushed to, even if that is more than the square root of
 *     their number
 * @param announceEvery how long announcements of small messages are gathered
 * @param seenMaxCount ids of messages that were judged
 * @param seenMaxAge after which a judged message may be judged again
 * @param recentMaxBytes of accepted messages that are kept to be asked for
 * @param rereadMaxBytes of messages that a peer asked for, read from the application, that are kept
 *     for the next who asks
 * @param waitingMaxCount messages that wait for another one
 * @param waitingMaxBytes payloads among those; beyond, only ids are kept
 * @param waitingMaxAge without any progress, after which a peer's waiting messages are given up
 * @param requestTimeout after which a request goes to the next peer
 * @param relay how blocks are relayed that peers may have most of
 * @param sync what a node that catches up holds
 */
public record GossipSettings(
    int pushMaxBytes,
    int pushPeers,
    Duration announceEvery,
    int seenMaxCount,
    Duration seenMaxAge,
    long recentMaxBytes,
    long rereadMaxBytes,
    int waitingMaxCount,
    long waitingMaxBytes,
    Duration waitingMaxAge,
    Duration requestTimeout,
    RelaySettings relay,
    SyncSettings sync) {

  /** 15 GiB of memory: more than anybody means. */
  private static final int MAX_SEEN_COUNT = 1 << 28;

  /** The defaults of PROTOCOL §8 and §10. */
  public static final GossipSettings DEFAULTS =
      new GossipSettings(
          4 * 1024, // A few packets: an announcement and a request would cost about as much.
          16, // What a node has by default: hardly slower than to all, at a fraction of the copies.
          Duration.ofMillis(20),
          1 << 20, // 60 MiB when full; two seconds of the fastest gossip, days of a chain's.
          Duration.ofMinutes(10),
          64L * 1024 * 1024,
          16L * 1024 * 1024, // Two of the largest: there may be a hundred who ask for the same.
          1 << 14, // 5 MiB of ids; a node that is further behind catches up in several walks.
          32L * 1024 * 1024,
          Duration.ofMinutes(10),
          Duration.ofSeconds(3),
          RelaySettings.DEFAULTS,
          SyncSettings.DEFAULTS);

  public GossipSettings {
    if (pushMaxBytes < 0 || pushPeers < 0) {
      throw new IllegalArgumentException(
          "pushMaxBytes and pushPeers are not negative: " + pushMaxBytes + ", " + pushPeers);
    }
    if (seenMaxCount < 1 || waitingMaxCount < 2) {
      throw new IllegalArgumentException(
          "expected seenMaxCount >= 1 and waitingMaxCount >= 2, not "
              + seenMaxCount
              + " and "
              + waitingMaxCount);
    }
    if (seenMaxCount > MAX_SEEN_COUNT) {
      throw new IllegalArgumentException(
          "seenMaxCount is at most " + MAX_SEEN_COUNT + ", not " + seenMaxCount);
    }
    if (recentMaxBytes < 0 || rereadMaxBytes < 0 || waitingMaxBytes < 0) {
      throw new IllegalArgumentException("a number of bytes is negative");
    }
    if (!announceEvery.isPositive()) {
      throw new IllegalArgumentException("announceEvery is more than zero");
    }
    if (!seenMaxAge.isPositive() || !waitingMaxAge.isPositive() || !requestTimeout.isPositive()) {
      throw new IllegalArgumentException("ages and timeouts are more than zero");
    }
  }

  /** The same, but for what is small and to how many peers it is pushed. */
  public GossipSettings withPush(int maxBytes, int peers) {
    return new GossipSettings(
        maxBytes,
        peers,
        announceEvery,
        seenMaxCount,
        seenMaxAge,
        recentMaxBytes,
        rereadMaxBytes,
        waitingMaxCount,
        waitingMaxBytes,
        waitingMaxAge,
        requestTimeout,
        relay,
        sync);
  }

  /** The same, but for what is remembered of messages that were judged, or read again. */
  public GossipSettings withMemory(
      int seenCount, Duration seenAge, long recentBytes, long rereadBytes) {
    return new GossipSettings(
        pushMaxBytes,
        pushPeers,
        announceEvery,
        seenCount,
        seenAge,
        recentBytes,
        rereadBytes,
        waitingMaxCount,
        waitingMaxBytes,
        waitingMaxAge,
        requestTimeout,
        relay,
        sync);
  }

  /** The same, but for how many messages may wait. */
  public GossipSettings withWaiting(int maxCount, long maxBytes) {
    return new GossipSettings(
        pushMaxBytes,
        pushPeers,
        announceEvery,
        seenMaxCount,
        seenMaxAge,
        recentMaxBytes,
        rereadMaxBytes,
        maxCount,
        maxBytes,
        waitingMaxAge,
        requestTimeout,
        relay,
        sync);
  }

  /** The same, but for how blocks are relayed. */
  public GossipSettings withRelay(RelaySettings other) {
    return new GossipSettings(
        pushMaxBytes,
        pushPeers,
        announceEvery,
        seenMaxCount,
        seenMaxAge,
        recentMaxBytes,
        rereadMaxBytes,
        waitingMaxCount,
        waitingMaxBytes,
        waitingMaxAge,
        requestTimeout,
        other,
        sync);
  }

  /** The same, but for what a node that catches up holds. */
  public GossipSettings withSync(SyncSettings other) {
    return new GossipSettings(
        pushMaxBytes,
        pushPeers,
        announceEvery,
        seenMaxCount,
        seenMaxAge,
        recentMaxBytes,
        rereadMaxBytes,
        waitingMaxCount,
        waitingMaxBytes,
        waitingMaxAge,
        requestTimeout,
        relay,
        other);
  }
}
