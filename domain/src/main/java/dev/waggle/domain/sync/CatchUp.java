package dev.waggle.domain.sync;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.domain.time.Alarm;
import dev.waggle.domain.time.Tick;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.operator.SyncCounters;
import dev.waggle.ports.wire.MessageId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Catches up with chains of which the node is behind, and helps others to (PROTOCOL §8.6): learns
 * their headers, from the oldest missing one on, and gets the blocks from several peers at once, to
 * be judged in their order.
 *
 * <p>Owned by the node thread. Where an application does not say how its blocks follow each other,
 * nothing happens in here.
 */
public final class CatchUp {
  /** How long a chain may bring no block that is accepted. */
  static final Duration PROGRESS_WITHIN = Duration.ofSeconds(30);

  /** How long it may bring the first one: others may wait for its place. */
  static final Duration FIRST_WITHIN = Duration.ofSeconds(10);

  /** How often a peer that serves a chain makes place for one that might do it better. */
  private static final Duration ROTATE_EVERY = Duration.ofSeconds(5);

  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /** A block whose turn has come to be judged, and who has sent it. */
  public record Ready(Delivery delivery, Neighbour sender) {}

  private final Predicate<MessageId> isKnown;
  private final LeftAlone leftAlone = new LeftAlone();
  private final Chains chains;
  private final HeaderFetching headerFetching;
  private final BlockFetching blockFetching;
  private final HeaderReplies replies;
  private final Progress progress;
  private final Tick look = new Tick(LOOK_EVERY);
  private final Tick rotate = new Tick(ROTATE_EVERY);
  private boolean ended;
  private long givenUp;

  /**
   * Behind nobody.
   *
   * @param headers null if it is not known how blocks follow each other
   * @param isKnown whether a block was accepted
   * @param neighbours as they are at each time
   * @param wanted told of what is asked for: it must be let through when it comes
   */
  public CatchUp(
      SyncSettings settings,
      @Nullable HeaderChain headers,
      Predicate<MessageId> isKnown,
      List<Neighbour> neighbours,
      Consumer<MessageId> wanted,
      CatchUpObserver observer) {
    this.isKnown = isKnown;
    this.chains = new Chains(settings);
    this.headerFetching = new HeaderFetching(headers, isKnown, chains, leftAlone, neighbours);
    this.blockFetching = new BlockFetching(wanted);
    this.replies = new HeaderReplies(headers);
    this.progress = new Progress(observer);
  }

  /**
   * A peer has a block of which more than its parent is missing here.
   *
   * @return whether the node catches up with the peer now; otherwise it may walk back with it
   */
  public boolean begin(Neighbour peer, long nowNanos) {
    return isBusyWith(peer) || headerFetching.begin(peer, nowNanos);
  }

  /** Whether the node catches up with a peer, and so need not walk back with it. */
  public boolean isBusyWith(Neighbour peer) {
    return headerFetching.isAsking(peer) || chains.isServedBy(peer);
  }

  /** The last link to a peer is gone. */
  public void departed(Neighbour peer) {
    headerFetching.departed(peer);
    chains.all().forEach(chain -> chain.departed(peer));
    replies.departed(peer);
  }

  /** A peer takes more again, perhaps on another link. */
  public void drained(Neighbour peer) {
    replies.drained(peer);
  }

  /** A peer wants to know what follows on this node's chain. */
  public void headersRequested(Neighbour from, List<MessageId> locator, int count, long nowNanos) {
    replies.requested(from, locator, count, nowNanos);
  }

  /** A peer has sent headers, asked for or not. */
  public void headersArrived(Neighbour from, HeadersArrival arrival, long nowNanos) {
    headerFetching.arrived(from, arrival, nowNanos);
  }

  /** Whether a block is one of a chain, and not here yet. */
  public boolean isMissing(MessageId id) {
    SyncBlock block = chains.find(id);
    return block != null && block.delivery() == null;
  }

  /**
   * Whether a block is one of a chain whose blocks are coming in now, so that it need not be got
   * otherwise. That somebody has told of its header is not enough: he may not send it.
   */
  public boolean isComing(MessageId id, long nowNanos) {
    SyncBlock block = chains.find(id);
    return block != null && block.chain().isComingIn(nowNanos);
  }

  /**
   * Whether a block is one of a chain that this peer serves, or did: so it was asked for it, or may
   * have been before somebody faster was. From others it comes as any block does: a chain may come
   * to nothing.
   */
  public boolean isServedBy(MessageId id, Neighbour peer) {
    SyncBlock block = chains.find(id);
    return block != null && block.chain().has(peer);
  }

  /** A block has come for which {@link #isServedBy} holds. */
  public void arrived(Neighbour from, Delivery delivery, long nowNanos) {
    SyncBlock block = chains.find(delivery.id());
    if (block != null && block.delivery() == null) {
      blockFetching.arrived(block, from, nowNanos);
      block.chain().hold(block, delivery, from);
      chains.limitHeld();
    }
  }

  /** The next block to be judged; null if none is. Chains take turns. */
  public @Nullable Ready next() {
    for (SyncChain chain : chains.all()) {
      SyncBlock first = chain.isEmpty() ? null : chain.at(chain.head());
      if (first != null && first.delivery() != null && first.sender() != null) {
        return new Ready(first.delivery(), first.sender());
      }
    }
    return null;
  }

  /** The block that {@link #next} has returned was judged. */
  public void judged(MessageId id, Verdict verdict, long nowNanos) {
    SyncBlock block = chains.find(id);
    if (block == null) {
      return;
    }
    SyncChain chain = block.chain();
    switch (verdict) {
      case Verdict.Accept _ -> {
        progress.accepted();
        chains.advance(chain, nowNanos);
        chains.turn(chain);
      }
      case Verdict.Ignore _ -> {
        if (isKnown.test(id)) {
          chains.advance(chain, nowNanos);
        } else {
          end(chain, false);
        }
      }
      case Verdict.Reject _ -> rejected(block, nowNanos);
      case Verdict.Await _, Verdict.NotYet _ -> end(chain, false);
    }
  }

  /** Who has told of its header, or says that it has it, says what no honest peer can. */
  private void rejected(SyncBlock block, long nowNanos) {
    SyncChain chain = block.chain();
    Neighbour teller = block.teller();
    for (Server server : chain.servers()) {
      if (server.end() > block.number()) {
        leftAlone.lied(server.peer().id(), nowNanos);
      }
    }
    leftAlone.lied(teller.id(), nowNanos);
    end(chain, false);
    if (!teller.equals(block.sender())) { // That one was blamed for the block.
      teller.blame(Offence.INVALID_MESSAGE, nowNanos);
    }
  }

  private void end(SyncChain chain, boolean whole) {
    chains.remove(chain);
    headerFetching.forget(chain);
    ended = true;
    if (!whole) {
      givenUp++;
      progress.givenUp();
    }
  }

  /** Whether a chain has ended since the last call. */
  public boolean takeEnded() {
    boolean any = ended;
    ended = false;
    return any;
  }

  /** Does what is due. */
  public void timePassed(long nowNanos) {
    if (rotate.strikes(nowNanos)) {
      chains.all().forEach(SyncChain::rotate);
    }
    if (!look.strikes(nowNanos)) {
      return;
    }
    leftAlone.expire(nowNanos);
    headerFetching.timePassed(nowNanos);
    for (SyncChain chain : chains.all()) {
      for (Neighbour peer : blockFetching.findSilent(chain, nowNanos)) {
        leftAlone.failed(peer.id(), nowNanos);
        chain.leave(peer);
      }
      Duration patience = chain.head() == 0 ? FIRST_WITHIN : PROGRESS_WITHIN;
      if (nowNanos - chain.progressNanos() >= patience.toNanos()) {
        giveUp(chain, nowNanos);
      } else {
        headerFetching.invite(chain, nowNanos);
        chain.lookAtHeadAgain();
      }
    }
  }

  private void giveUp(SyncChain chain, long nowNanos) {
    for (Server server : chain.servers()) {
      if (server.brought() == 0) {
        leftAlone.failed(server.peer().id(), nowNanos);
      }
    }
    end(chain, false);
  }

  /** Asks for what can be asked for, and sees to it that this is called again in time. */
  public void finish(Alarm alarm, long nowNanos) {
    replies.serve(nowNanos);
    if (replies.isReady() || next() != null) {
      alarm.by(nowNanos);
    }
    for (SyncChain chain : chains.all()) {
      goOn(chain, nowNanos);
    }
    if (chains.isEmpty()) {
      progress.ended();
    } else {
      progress.goesOn(further(), nowNanos);
      rotate.wind(alarm, nowNanos);
    }
    if (!chains.isEmpty() || !headerFetching.isIdle()) {
      look.wind(alarm, nowNanos);
    }
  }

  private void goOn(SyncChain chain, long nowNanos) {
    while (chain.takeNewHead() && isAcceptedElsewhere(chain.at(chain.head()))) {
      chains.advance(chain, nowNanos);
    }
    headerFetching.goOn(chain, nowNanos);
    blockFetching.goOn(chain, nowNanos);
    if (chain.isEmpty() && headerFetching.isAtTheEnd(chain)) {
      end(chain, true);
    }
  }

  /** It has come by gossip, or waited here for the one before it. */
  private boolean isAcceptedElsewhere(SyncBlock block) {
    return block.delivery() == null && isKnown.test(block.id());
  }

  private long further() {
    long most = 0;
    for (SyncChain chain : chains.all()) {
      long claimed = 0;
      for (Server server : chain.servers()) {
        claimed = Math.max(claimed, server.end() - chain.end() + server.further());
      }
      most = Math.max(most, chain.end() - chain.head() + claimed);
    }
    return most;
  }

  public SyncCounters counters() {
    return new SyncCounters(
        headerFetching.taken(),
        progress.total(),
        blockFetching.heldUp(),
        givenUp,
        replies.sent(),
        chains.count(),
        chains.heldBytes());
  }
}
