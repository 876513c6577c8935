package dev.waggle.domain.gossip;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.lane.Lane;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.domain.rates.Told;
import dev.waggle.domain.relay.CompactArrival;
import dev.waggle.domain.relay.CompactRelay;
import dev.waggle.domain.relay.ItemsArrival;
import dev.waggle.domain.relay.OutlineArrival;
import dev.waggle.domain.relay.Reconstruction;
import dev.waggle.domain.relay.Reconstructor;
import dev.waggle.domain.relay.RelayedBlock;
import dev.waggle.domain.sync.CatchUp;
import dev.waggle.domain.sync.HeadersArrival;
import dev.waggle.domain.time.Alarm;
import dev.waggle.domain.time.Tick;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.operator.GossipCounters;
import dev.waggle.ports.operator.RelayCounters;
import dev.waggle.ports.operator.SyncCounters;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides which message goes to whom (PROTOCOL §8).
 *
 * <p>A message is judged by the application once, and forwarded only if accepted: it is pushed to
 * some of the peers that are not known to have it, and announced to the rest, who ask for it. One
 * that was missing, or waited for another, is old news to most, and is only announced. Nothing is
 * forwarded twice, so who has a message matters only until it is judged: the seen-cache need not
 * know.
 *
 * <p>Single-threaded; every method deals with all that its event causes before it returns.
 */
public final class GossipRouter {
  private static final Verdict.Ignore KNOWN = new Verdict.Ignore("known already");

  /**
   * How often peers are told the inventory again. Whatever a full queue, a lost link or a lack of
   * room has kept from somebody, this lets the network agree in the end, for 40 bytes.
   */
  private static final Duration REMIND_EVERY = Duration.ofSeconds(60);

  /** How long to gather what was judged before walks begin anew: that looks at all that waits. */
  private static final Duration RESUME_AFTER = Duration.ofMillis(50);

  /** Blocks caught up with that are judged for one event, so that others are heard in between. */
  private static final int MAX_CAUGHT_UP = 16;

  private final GossipApplication application;
  private final Alarm alarm;
  private final MessageCache cache;
  private final WaitingRoom waiting;
  private final Wanted wanted;
  private final Walks walks;
  private final Replies replies;
  private final List<Neighbour> neighbours = new ArrayList<>();
  private final Notices notices;
  private final Spreader spreader;
  private final @Nullable BlockFormat format;
  private final CompactRelay relay;
  private final CatchUp catchUp;
  private final Judge judge;
  private final Tick sweep;
  private final Tick reminder = new Tick(REMIND_EVERY);
  private final Tick resume = new Tick(RESUME_AFTER);

  private long duplicates;

  /**
   * A router without peers.
   *
   * @param filter told which messages need not come here again
   * @param reconstructor puts blocks together; not asked where they are of one piece
   * @param catchUpObserver hears how the node catches up
   */
  public GossipRouter(
      GossipSettings settings,
      GossipApplication application,
      DuplicateFilter filter,
      Reconstructor reconstructor,
      CatchUpObserver catchUpObserver,
      Draws draws,
      Alarm alarm) {
    this.application = application;
    this.alarm = alarm;
    this.sweep = new Tick(settings.requestTimeout());
    this.cache = new MessageCache(settings, draws.nextLong(), filter);
    this.waiting = new WaitingRoom(settings);
    this.wanted = new Wanted(settings, filter);
    this.catchUp =
        new CatchUp(
            settings.sync(),
            application.headerChain(),
            application::isKnown,
            neighbours,
            filter::remove,
            catchUpObserver);
    this.walks = new Walks(settings, waiting, wanted, catchUp, neighbours, draws);
    this.notices = new Notices(neighbours);
    this.spreader = new Spreader(settings, neighbours, notices, draws);
    this.format = application.blockFormat();
    this.relay =
        new CompactRelay(
            settings.relay(), format, reconstructor, neighbours, notices::whoDoNotWant, draws);
    this.judge = new Judge(application, filter, cache, waiting, wanted, walks, relay, spreader);
    this.replies = new Replies(application, cache, relay::find, settings.rereadMaxBytes());
  }

  /** A link to {@code peer} is in use: tells it what there is to catch up with. */
  public void linked(Neighbour peer, long nowNanos) {
    if (!neighbours.contains(peer)) {
      neighbours.add(peer);
    }
    wanted.linked(peer);
    replies.drained(peer);
    relay.linked(peer, nowNanos);
    catchUp.drained(peer);
    tellInventory(peer, nowNanos);
    finish(nowNanos);
  }

  private void tellInventory(long nowNanos) {
    for (Neighbour peer : neighbours) {
      tellInventory(peer, nowNanos);
    }
  }

  private void tellInventory(Neighbour peer, long nowNanos) {
    List<MessageId> inventory = application.inventory();
    if (!inventory.isEmpty()) {
      int count = Math.min(inventory.size(), WireMessage.MAX_IDS);
      peer.send(new WireMessage.Announce(inventory.subList(0, count)), nowNanos);
    }
  }

  /** The last link to {@code peer} is gone. */
  public void departed(Neighbour peer, long nowNanos) {
    neighbours.remove(peer);
    waiting.departed(peer);
    replies.departed(peer);
    notices.departed(peer);
    relay.departed(peer, nowNanos);
    catchUp.departed(peer);
    wanted.departed(peer, nowNanos);
    finish(nowNanos);
  }

  /**
   * A peer sent a message, asked for or not.
   *
   * @param delivery from that peer
   */
  public void gossiped(Neighbour from, Delivery delivery, long nowNanos) {
    MessageId id = delivery.id();
    Want want = wanted.received(id, Lane.of(delivery.message()), from, nowNanos);
    if (catchUp.isServedBy(id, from)) {
      catchUp.arrived(from, delivery, nowNanos);
      judgeCaughtUp(nowNanos);
    } else if ((want == null || application.isKnown(id)) && isKnown(id, from, true, nowNanos)) {
      duplicates++; // What was wanted may have come by a chain.
      from.broughtAgain();
      judge.filterOut(id);
    } else if (want == null) {
      if (from.allow(Told.of(delivery.message().kind()), 1, nowNanos) == 1) {
        judge.judgeAndRelease(
            delivery, Bringer.ofAll(from), Collections.emptySet(), News.FRESH, nowNanos);
      } // Otherwise it is as if it had not come: who else tells of it is asked for it.
    } else {
      News news = want.isMissing() ? News.OLD : News.FRESH;
      judge.judgeAndRelease(delivery, Bringer.ofAll(from), want.holders(), news, nowNanos);
    }
    finish(nowNanos);
  }

  /**
   * Whether nothing about this message would be asked of the application if it came now, except,
   * perhaps, to ignore it.
   */
  public boolean isKnown(MessageId id) {
    return !wanted.isExpected(id)
        && !catchUp.isMissing(id)
        && (cache.contains(id) || waiting.find(id) != null || application.isKnown(id));
  }

  /** Judges some of the blocks whose turn has come; if there are more, the alarm rings at once. */
  private void judgeCaughtUp(long nowNanos) {
    CatchUp.Ready ready = catchUp.next();
    for (int judged = 1; ready != null; judged++) {
      catchUp.judged(ready.delivery().id(), judgeCaughtUp(ready, nowNanos), nowNanos);
      ready = judged < MAX_CAUGHT_UP ? catchUp.next() : null;
    }
  }

  /** It may have waited here as well, and been accepted as soon as the one before it was. */
  private Verdict judgeCaughtUp(CatchUp.Ready ready, long nowNanos) {
    Delivery block = ready.delivery();
    return application.isKnown(block.id())
        ? new Verdict.Ignore("it was accepted when it was released")
        : judge.judgeAndRelease(
            block, Bringer.ofAll(ready.sender()), Collections.emptySet(), News.CAUGHT_UP, nowNanos);
  }

  /** Whether nothing about a block's header would be asked of the application if it came now. */
  public boolean isHeaderKnown(MessageId id) {
    return relay.isOpen(id) || isKnown(id);
  }

  /** Whether the message was judged already or waits; then the peer has it too. */
  private boolean isKnown(MessageId id, Neighbour peer, boolean sent, long nowNanos) {
    if (cache.contains(id)) {
      relay.told(peer, id, nowNanos);
      return true;
    }
    Waiting here = waiting.find(id);
    if (here != null) {
      walks.told(here, peer, sent, nowNanos);
    }
    return here != null;
  }

  /**
   * A peer has these messages: asks for those that are new to us. Where they are more than the peer
   * has places for, the last ones count: others can be found from them, but not the other way.
   */
  public void announced(Neighbour from, List<MessageId> announced, long nowNanos) {
    int allowed = from.allow(Told.ANNOUNCED_ID, announced.size(), nowNanos);
    List<MessageId> unknown = new ArrayList<>();
    for (MessageId id : announced.subList(announced.size() - allowed, announced.size())) {
      if (relay.isOpen(id)) {
        relay.told(from, id, nowNanos);
      } else if (!isKnown(id, from, false, nowNanos)) {
        unknown.add(id);
      }
    }
    int room = unknown.isEmpty() ? 0 : wanted.room(from);
    for (MessageId id : unknown.subList(Math.max(0, unknown.size() - room), unknown.size())) {
      wanted.announced(id, from, nowNanos);
    }
    finish(nowNanos);
  }

  /** A peer wants these messages: sends what we have, as fast as its link takes it. */
  public void requested(Neighbour from, List<MessageId> requested, long nowNanos) {
    requested(from, requested, false, nowNanos);
  }

  /** A peer wants these messages, blocks without their items if they can be had so. */
  public void compactRequested(Neighbour from, List<MessageId> requested, long nowNanos) {
    requested(from, requested, true, nowNanos);
  }

  private void requested(
      Neighbour from, List<MessageId> requested, boolean withoutItems, long nowNanos) {
    int allowed = from.allow(Told.REQUESTED_ID, requested.size(), nowNanos);
    replies.requested(from, requested.subList(0, allowed), withoutItems);
    finish(nowNanos);
  }

  /** A peer takes more again, after {@link Neighbour#takesMore} had said that it does not. */
  public void drained(Neighbour peer, long nowNanos) {
    replies.drained(peer);
    relay.drained(peer);
    catchUp.drained(peer);
    finish(nowNanos);
  }

  /**
   * Judges and forwards a message that was made here. One that awaits another is not kept: whoever
   * made it can wait better.
   */
  public Verdict publish(Delivery delivery, long nowNanos) {
    MessageId id = delivery.id();
    if (cache.contains(id) || waiting.find(id) != null) {
      return KNOWN;
    }
    Want want = wanted.received(id, Lane.of(delivery.message()), null, nowNanos);
    Set<Neighbour> holders = want == null ? Collections.emptySet() : want.holders();
    Verdict verdict = judge.judgeAndRelease(delivery, Bringer.US, holders, News.FRESH, nowNanos);
    finish(nowNanos);
    return verdict;
  }

  /** A peer sent a block without the items that we are likely to have. */
  public void compactArrived(Neighbour from, CompactArrival arrival, long nowNanos) {
    if (relay.isOpen(arrival.id())) {
      relay.another(from, arrival, nowNanos);
    } else {
      headerArrived(
          from,
          arrival.id(),
          arrival.header(),
          holders -> relay.begin(from, arrival, holders, nowNanos),
          nowNanos);
    }
    finish(nowNanos);
  }

  /** A peer sent an outline of a block, whose items we are likely to lack. */
  public void outlineArrived(Neighbour from, OutlineArrival arrival, long nowNanos) {
    if (relay.isOpen(arrival.id())) {
      relay.comesTo(from, arrival.id(), nowNanos);
    } else {
      headerArrived(
          from,
          arrival.id(),
          arrival.header(),
          holders -> relay.begin(from, arrival, holders, nowNanos),
          nowNanos);
    }
    finish(nowNanos);
  }

  /** Judges a header that has come without its block, and gets the rest if it is worth it. */
  private void headerArrived(
      Neighbour from,
      MessageId id,
      Examination header,
      Function<Set<Neighbour>, CompactRelay.Begun> begin,
      long nowNanos) {
    boolean isWanted = wanted.isWanted(id);
    if (!isWanted && isKnown(id, from, false, nowNanos)) {
      duplicates++;
      from.broughtAgain();
      wanted.answeredInVain(id, from, nowNanos);
      judge.filterOut(id);
      return;
    }
    if (!isWanted && from.allow(Told.BLOCK, 1, nowNanos) == 0) {
      return;
    }
    switch (Objects.requireNonNull(format).validateHeader(id, header)) {
      case Verdict.Accept _ -> {
        switch (begin.apply(wanted.holders(id))) {
          case TAKEN -> {
            Want _ = wanted.received(id, Lane.EXPRESS, from, nowNanos);
          }
          case NO_ROOM -> wanted.needed(id, from, nowNanos);
          case FALSE -> falseHeader(id, from, nowNanos);
        }
      }
      case Verdict.Ignore _ -> {
        judge.ignoredHeader();
        wanted.answeredInVain(id, from, nowNanos);
      }
      case Verdict.Reject _ -> falseHeader(id, from, nowNanos);
      // Whether it is kept until it can be judged is decided when it is whole.
      case Verdict.Await _, Verdict.NotYet _ -> wanted.needed(id, from, nowNanos);
    }
  }

  /** What is wrong may be the sender's own addition: others may have a good block of this name. */
  private void falseHeader(MessageId id, Neighbour from, long nowNanos) {
    judge.rejectedHeader();
    wanted.answeredInVain(id, from, nowNanos);
    from.blame(Offence.INVALID_MESSAGE, nowNanos);
  }

  /** A peer sent items that it was asked for. */
  public void itemsArrived(Neighbour from, ItemsArrival arrival, long nowNanos) {
    relay.itemsArrived(from, arrival, nowNanos);
    finish(nowNanos);
  }

  /** A peer lacks items of a block. */
  public void itemsRequested(
      Neighbour from, MessageId block, List<ItemRange> ranges, long nowNanos) {
    relay.itemsRequested(from, block, ranges);
    finish(nowNanos);
  }

  /** A peer says how it wants to hear of blocks. */
  public void compactWished(Neighbour from, int rank, long nowNanos) {
    relay.wished(from, rank);
    finish(nowNanos);
  }

  /** A peer is about to send a message. */
  public void noticed(Neighbour from, MessageId id, long nowNanos) {
    if (from.allow(Told.ANNOUNCED_ID, 1, nowNanos) == 1
        && !relay.isOpen(id)
        && !isKnown(id, from, false, nowNanos)
        && wanted.room(from) > 0
        && wanted.coming(id, from, nowNanos)) {
      notices.comes(id, from, nowNanos);
    }
    finish(nowNanos);
  }

  /** A peer is getting these messages already. */
  public void unwanted(Neighbour from, List<MessageId> ids, long nowNanos) {
    int allowed = from.allow(Told.ANNOUNCED_ID, ids.size(), nowNanos);
    notices.unwanted(from, ids.subList(0, allowed));
    for (MessageId id : ids.subList(0, allowed)) {
      relay.unwanted(from, id);
    }
    finish(nowNanos);
  }

  /** A peer wants to know what follows on this node's chain. */
  public void headersRequested(Neighbour from, List<MessageId> locator, int count, long nowNanos) {
    catchUp.headersRequested(from, locator, count, nowNanos);
    finish(nowNanos);
  }

  /** A peer sent headers, asked for or not. */
  public void headersArrived(Neighbour from, HeadersArrival arrival, long nowNanos) {
    catchUp.headersArrived(from, arrival, nowNanos);
    finish(nowNanos);
  }

  /** A block was put together, or cannot be if it is null. */
  public void reconstructed(
      Reconstruction reconstruction, @Nullable Delivery block, long nowNanos) {
    MessageId id = reconstruction.id();
    RelayedBlock relayed = relay.reconstructed(id, block != null, nowNanos);
    if (relayed != null && block != null && !cache.contains(id)) {
      Want want = wanted.received(id, Lane.EXPRESS, null, nowNanos);
      Set<Neighbour> holders = relayed.holders();
      if (want != null) {
        holders.addAll(want.holders());
      }
      Bringer bringer = Bringer.ofTheHeader(relayed.first());
      judge.judgeAndRelease(block, bringer, holders, News.FRESH, nowNanos);
    }
    finish(nowNanos);
  }

  /** Asks others for what has not come, and forgets what is too old. */
  public void timePassed(long nowNanos) {
    wanted.expire(nowNanos);
    spreader.timePassed(nowNanos);
    relay.timePassed(nowNanos);
    judge.judgeDue(nowNanos);
    catchUp.timePassed(nowNanos);
    judgeCaughtUp(nowNanos);
    if (sweep.strikes(nowNanos)) {
      cache.expire(nowNanos);
      waiting.expire(nowNanos);
      wanted.sweep(nowNanos);
      replies.sweep(nowNanos);
      walks.resume(nowNanos);
    }
    if (resume.strikes(nowNanos)) {
      walks.resume(nowNanos);
    }
    if (reminder.strikes(nowNanos)) {
      tellInventory(nowNanos);
    }
    finish(nowNanos);
  }

  /** Sends what was gathered, and sees to it that deadlines are met. */
  private void finish(long nowNanos) {
    for (CompactRelay.Whole whole : relay.takeFailed()) {
      for (Neighbour holder : whole.holders()) {
        wanted.needed(whole.id(), holder, nowNanos);
      }
    }
    catchUp.finish(alarm, nowNanos);
    if (catchUp.takeEnded()) {
      tellInventory(nowNanos);
      resume.wind(alarm, nowNanos);
    }
    wanted.flush(nowNanos);
    spreader.flush(alarm, nowNanos);
    relay.finish(alarm, nowNanos);
    if (replies.isReady() && replies.serve(nowNanos)) {
      alarm.by(nowNanos);
    }
    if (wanted.isAsking()) {
      alarm.by(wanted.deadlineNanos());
    }
    OptionalLong due = waiting.dueNanos();
    if (due.isPresent()) {
      alarm.by(due.getAsLong());
    }
    if (cache.size() > 0 || !waiting.isEmpty() || !wanted.isIdle() || !replies.isIdle()) {
      sweep.wind(alarm, nowNanos);
    }
    if (judge.takeReleased() && !wanted.isWalking()) {
      resume.wind(alarm, nowNanos);
    }
    resume.remind(alarm);
    if (!neighbours.isEmpty()) {
      reminder.wind(alarm, nowNanos);
    }
  }

  public RelayCounters relayCounters() {
    return relay.counters();
  }

  public SyncCounters syncCounters() {
    return catchUp.counters();
  }

  public GossipCounters counters() {
    return new GossipCounters(
        judge.accepted(),
        judge.ignored(),
        judge.rejected(),
        duplicates,
        spreader.pushed(),
        replies.served(),
        spreader.dropped() + replies.dropped(),
        wanted.requested(),
        spreader.announced(),
        cache.size(),
        cache.keptBytes(),
        waiting.size(),
        wanted.size());
  }
}
