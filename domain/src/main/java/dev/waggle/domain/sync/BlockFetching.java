package dev.waggle.domain.sync;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks the peers that serve a chain for its blocks: each block of one peer, each peer for as many
 * as come soon and no more than its share, and whatever holds up the others of somebody else
 * (PROTOCOL §8.6).
 */
final class BlockFetching {
  /** How long the first missing block may take before it is asked of another peer. */
  static final Duration PATIENCE = Duration.ofMillis(500);

  /** Who sends nothing for so long, while others do, is asked for no more until it does. */
  static final Duration SILENCE = Duration.ofSeconds(2);

  /** Who stays silent for so long serves the chain no more. */
  static final Duration SILENT_AT_MOST = Duration.ofSeconds(10);

  /** Who sends nothing for so long serves it no more, even if nobody else does. */
  static final Duration LAST_PATIENCE = Duration.ofSeconds(30);

  /** Blocks that are asked of the fastest peer at once, beyond its share, since others wait. */
  static final int MAX_OVERTAKEN = 64;

  private final Consumer<MessageId> wanted;
  private long heldUp;

  /**
   * Asks nobody yet.
   *
   * @param wanted told of what is asked for: it must be let through when it comes
   */
  BlockFetching(Consumer<MessageId> wanted) {
    this.wanted = wanted;
  }

  /** Asks whoever may be asked for more. */
  void goOn(SyncChain chain, long nowNanos) {
    long first = chain.firstMissing();
    long windowEnd = chain.windowEnd();
    while (first < windowEnd && !chain.at(first).isMissing()) {
      first++;
    }
    chain.nothingMissesBefore(first);
    if (first < windowEnd) {
      int share = share(chain);
      for (Server server : chain.fastestFirst()) {
        goOn(chain, server, share, nowNanos);
      }
    }
    overtake(chain, nowNanos);
  }

  /** Of n peers that send, each has a little more than an n-th: none need wait for the others. */
  private static int share(SyncChain chain) {
    int speaking = 0;
    for (Server server : chain.servers()) {
      speaking += server.isSilent() ? 0 : 1;
    }
    return Math.max(1, 2 * chain.sizes().window() / (speaking + 1));
  }

  private void goOn(SyncChain chain, Server server, int share, long nowNanos) {
    int most = Math.min(server.limit(), share);
    int room = most - server.asked();
    int batch = Math.max(1, most / 4);
    if (server.isSilent() || room < batch || !server.peer().isConnected()) {
      return;
    }
    List<SyncBlock> missing = missing(chain, server.end(), Math.min(room, WireMessage.MAX_IDS));
    // A few are not worth a request, unless they are all there are, or others wait for them.
    boolean few = missing.size() < batch && server.asked() > 0;
    if (missing.isEmpty() || (few && missing.getFirst().number() != chain.head())) {
      return;
    }
    if (request(server, missing, nowNanos)) {
      server.ask(missing.size(), nowNanos);
    } else {
      server.fallsSilent(nowNanos);
    }
  }

  private static List<SyncBlock> missing(SyncChain chain, long end, int max) {
    List<SyncBlock> missing = new ArrayList<>();
    long windowEnd = Math.min(chain.windowEnd(), end);
    for (long number = chain.firstMissing(); number < windowEnd && missing.size() < max; number++) {
      SyncBlock block = chain.at(number);
      if (block.isMissing()) {
        missing.add(block);
      }
    }
    return missing;
  }

  private boolean request(Server server, List<SyncBlock> blocks, long nowNanos) {
    List<MessageId> ids = new ArrayList<>(blocks.size());
    for (SyncBlock block : blocks) {
      ids.add(block.id());
      wanted.accept(block.id());
    }
    if (!server.peer().send(new WireMessage.Request(ids), nowNanos)) {
      return false;
    }
    blocks.forEach(block -> block.ask(server, nowNanos));
    return true;
  }

  /** A block of the chain has come, whoever was asked for it. */
  void arrived(SyncBlock block, Neighbour from, long nowNanos) {
    Server sender = block.chain().server(from);
    if (sender != null) {
      sender.sent(nowNanos);
    }
    Server asked = block.asked();
    if (asked != null) {
      asked.release();
      block.askNobody();
      if (asked.equals(sender)) {
        asked.took(nowNanos - block.askedNanos());
      }
    }
  }

  /**
   * Asks the fastest peer for what another one should have sent long ago, if the first missing
   * block is among that.
   */
  private void overtake(SyncChain chain, long nowNanos) {
    SyncBlock first = chain.isEmpty() ? null : chain.at(chain.head());
    Server slow = first == null ? null : first.asked();
    if (first == null || slow == null) {
      return;
    }
    long waited = nowNanos - first.askedNanos();
    Server other = waited < PATIENCE.toNanos() ? null : fastest(chain, first.number(), slow);
    if (other == null || waited < 2 * other.paceNanos()) {
      return;
    }
    // Of peers that all send as fast as the line takes it, some always seem twice as fast.
    long quiet = nowNanos - slow.heardNanos();
    if (quiet < Math.max(PATIENCE.toNanos(), other.paceNanos())) {
      return;
    }
    long patience = Math.max(PATIENCE.toNanos(), 2 * other.paceNanos());
    List<SyncBlock> late = takeBackLate(chain, slow, nowNanos - patience);
    slow.overtaken(waited);
    heldUp += late.size();
    late.removeIf(block -> block.number() >= other.end());
    int most = Math.min(MAX_OVERTAKEN, other.limit());
    List<SyncBlock> next = late.subList(0, Math.min(late.size(), most));
    if (request(other, next, nowNanos)) {
      other.ask(next.size(), nowNanos);
    }
  }

  /** What a peer was asked for until then is asked of nobody. */
  private static List<SyncBlock> takeBackLate(SyncChain chain, Server slow, long untilNanos) {
    List<SyncBlock> late = new ArrayList<>();
    for (long number = chain.head(); number < chain.end() && slow.asked() > 0; number++) {
      SyncBlock block = chain.at(number);
      if (slow.equals(block.asked()) && block.askedNanos() - untilNanos <= 0) {
        chain.takeBack(block);
        late.add(block);
      }
    }
    return late;
  }

  private static @Nullable Server fastest(SyncChain chain, long number, Server butNot) {
    Server fastest = null;
    for (Server server : chain.servers()) {
      boolean fits =
          !server.equals(butNot)
              && !server.isSilent()
              && server.end() > number
              && server.asked() <= server.limit() // Else it has been asked for more already.
              && server.peer().isConnected();
      if (fits && (fastest == null || server.paceNanos() < fastest.paceNanos())) {
        fastest = server;
      }
    }
    return fastest;
  }

  /**
   * Looks who sends nothing; what these were asked for is asked of others.
   *
   * @return the peers that are not worth waiting for any longer
   */
  List<Neighbour> findSilent(SyncChain chain, long nowNanos) {
    List<Neighbour> hopeless = new ArrayList<>();
    for (Server server : chain.servers()) {
      long quiet = nowNanos - server.heardNanos();
      if (server.isSilent()) {
        if (nowNanos - server.silentNanos() >= SILENT_AT_MOST.toNanos()) {
          hopeless.add(server.peer());
        }
      } else if (server.isOwing() && quiet >= LAST_PATIENCE.toNanos()) {
        hopeless.add(server.peer());
      } else if (server.isOwing()
          && isSilent(server, fastest(chain, chain.head(), server), quiet)) {
        chain.takeBack(server);
        server.fallsSilent(nowNanos);
      }
    }
    return hopeless;
  }

  /** Whether another one has sent something in a time in which this one should have as well. */
  private static boolean isSilent(Server server, @Nullable Server other, long quietNanos) {
    return other != null
        && other.brought() > 0
        && other.heardNanos() - server.heardNanos() > 0
        && quietNanos >= Math.max(SILENCE.toNanos(), 2 * other.paceNanos());
  }

  /** Blocks that were asked of another peer, since the first one did not send them. */
  long heldUp() {
    return heldUp;
  }
}
