package dev.waggle.domain.sync;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Learns from peers which blocks follow what is known here, and which peers have them (PROTOCOL
 * §8.6).
 */
final class HeaderFetching {
  /** After which a peer that has not been of use for a chain is asked about it anew. */
  static final Duration ASK_AGAIN_AFTER = Duration.ofSeconds(10);

  private final @Nullable HeaderChain headers;
  private final Predicate<MessageId> isKnown;
  private final Chains chains;
  private final LeftAlone leftAlone;
  private final List<Neighbour> neighbours;
  private final HeaderAsks asks = new HeaderAsks();

  /** When peers have last given an answer with which nothing could be begun. */
  private final Map<Neighbour, Long> uselessNanos = new LinkedHashMap<>();

  private long taken;

  /**
   * Asks nobody yet.
   *
   * @param headers null if it is not known how blocks follow each other: then nobody is ever asked
   * @param isKnown whether a block was accepted
   * @param neighbours as they are at each time
   */
  HeaderFetching(
      @Nullable HeaderChain headers,
      Predicate<MessageId> isKnown,
      Chains chains,
      LeftAlone leftAlone,
      List<Neighbour> neighbours) {
    this.headers = headers;
    this.isKnown = isKnown;
    this.chains = chains;
    this.leftAlone = leftAlone;
    this.neighbours = neighbours;
  }

  /** Where in a chain an answer goes on, and from which of its headers on. */
  private record Place(SyncChain chain, long number, int next) {}

  boolean isIdle() {
    return asks.isEmpty();
  }

  boolean isAsking(Neighbour peer) {
    return asks.find(peer) != null;
  }

  /** Asks a peer for whatever follows what is known here. */
  boolean begin(Neighbour peer, long nowNanos) {
    Long useless = uselessNanos.get(peer);
    if ((useless != null && nowNanos - useless < ASK_AGAIN_AFTER.toNanos())
        || !mayAsk(peer, WireMessage.MAX_HEADERS_ASKED, nowNanos)) {
      return false;
    }
    List<MessageId> locator = locator(null);
    return !locator.isEmpty() // As it is if the application cannot say where it stands.
        && asks.ask(peer, locator, WireMessage.MAX_HEADERS_ASKED, null, nowNanos);
  }

  private boolean mayAsk(Neighbour peer, int count, long nowNanos) {
    return headers != null
        && peer.isConnected()
        && peer.has(Feature.HEADERS_FIRST)
        && !leftAlone.contains(peer.id(), nowNanos)
        && asks.mayAsk(peer, count, nowNanos);
  }

  /** The ends of the chains that are followed, of one before the others, and then our own. */
  private List<MessageId> locator(@Nullable SyncChain first) {
    List<MessageId> locator = new ArrayList<>();
    if (first != null) {
      locator.add(first.lastId());
    }
    for (SyncChain chain : chains.all()) {
      if (!chain.equals(first)) {
        locator.add(chain.lastId());
      }
    }
    locator.addAll(Objects.requireNonNull(headers).locator());
    return locator;
  }

  /** A peer has sent headers. Those that nobody asked for are dropped. */
  void arrived(Neighbour from, HeadersArrival arrival, long nowNanos) {
    WireMessage.Headers message = arrival.message();
    HeaderAsks.Ask ask = asks.find(from);
    if (ask == null || !ask.isAnsweredAfter(message.after())) {
      return;
    }
    boolean isBeginning = ask.chain() == null;
    if (take(from, ask, arrival, nowNanos)) {
      List<MessageId> ids = arrival.ids();
      asks.goesOn(from, message, ids.isEmpty() ? message.after() : ids.getLast(), nowNanos);
    } else {
      asks.end(from);
      if (isBeginning && !chains.isServedBy(from)) {
        uselessNanos.put(from, nowNanos);
      }
    }
  }

  /** Returns whether the rest of the answer may be of use. */
  private boolean take(Neighbour from, HeaderAsks.Ask ask, HeadersArrival arrival, long nowNanos) {
    Place place = place(from, ask, arrival, nowNanos);
    if (place == null) {
      return false;
    }
    SyncChain chain = place.chain();
    ask.isAbout(chain);
    List<MessageId> ids = arrival.ids();
    int next = place.next();
    long number = place.number();
    while (next < ids.size()
        && number < chain.end()
        && (number < chain.head() || chain.at(number).id().equals(ids.get(next)))) {
      next++;
      number++;
    }
    int left = ids.size() - next;
    if (left > 0 && number == chain.end() && left <= chain.room()) {
      MessageId after = arrival.message().after();
      boolean isNext = after.equals(chain.lastId());
      boolean isAccepted = chains.find(after) == null && isKnown.test(after);
      // Of what lies between, nothing is remembered by which it could be judged.
      if (isNext || isAccepted) {
        if (!isSound(from, arrival, isNext ? chain.last() : null, nowNanos)) {
          chain.hasNoFurther(from);
          return false;
        }
        extend(chain, from, arrival, next);
        number = chain.end();
        left = 0;
      }
    }
    boolean hasNone = ids.isEmpty() && ask.asksForHeaders(); // Whatever it says.
    serve(chain, from, number, hasNone ? 0 : arrival.message().further() + left);
    return left == 0;
  }

  private void extend(SyncChain chain, Neighbour from, HeadersArrival arrival, int next) {
    List<MessageId> ids = arrival.ids().subList(next, arrival.ids().size());
    chains.extend(chain, ids, from);
    chain.examined(arrival.examination());
    taken += ids.size();
  }

  private void serve(SyncChain chain, Neighbour peer, long end, long further) {
    for (SyncChain other : chains.all()) {
      if (!other.equals(chain)) {
        other.leave(peer);
      }
    }
    chain.serve(peer, end, further);
  }

  /** Where an answer goes on; null if that is of no use. */
  private @Nullable Place place(
      Neighbour from, HeaderAsks.Ask ask, HeadersArrival arrival, long nowNanos) {
    MessageId after = arrival.message().after();
    SyncBlock before = chains.find(after);
    if (before != null) {
      return new Place(before.chain(), before.number() + 1, 0);
    }
    SyncChain ended = chains.endingWith(after);
    if (ended != null) {
      return new Place(ended, ended.end(), 0);
    }
    return isKnown.test(after) ? placeBehind(from, ask, arrival, nowNanos) : null;
  }

  /** The same for an answer that begins with a block which was accepted. */
  private @Nullable Place placeBehind(
      Neighbour from, HeaderAsks.Ask ask, HeadersArrival arrival, long nowNanos) {
    List<MessageId> ids = arrival.ids();
    int next = 0;
    while (next < ids.size() && chains.find(ids.get(next)) == null && isKnown.test(ids.get(next))) {
      next++;
    }
    if (next < ids.size()) {
      SyncBlock known = chains.find(ids.get(next));
      return known != null
          ? new Place(known.chain(), known.number(), next)
          : begin(from, arrival, next, nowNanos);
    }
    SyncChain chain = ask.chain();
    if (chain == null) {
      return null;
    }
    if (ask.isAboutTheEnd(arrival.message().after())) {
      return new Place(chain, ask.end(), next);
    }
    chain.leave(from); // It has another one, or not so far.
    return null;
  }

  private @Nullable Place begin(Neighbour from, HeadersArrival arrival, int next, long nowNanos) {
    if (!chains.hasRoomFor(from) || !isSound(from, arrival, null, nowNanos)) {
      return null;
    }
    List<MessageId> ids = arrival.ids();
    MessageId after = next == 0 ? arrival.message().after() : ids.get(next - 1);
    SyncChain chain = chains.begin(after, nowNanos);
    extend(chain, from, arrival, next);
    invite(chain, nowNanos);
    return new Place(chain, 0, next);
  }

  private boolean isSound(
      Neighbour from, HeadersArrival arrival, @Nullable Examination before, long nowNanos) {
    MessageId after = arrival.message().after();
    HeaderChain rules = Objects.requireNonNull(headers);
    return switch (rules.validateHeaders(after, before, arrival.examination())) {
      case Verdict.Accept _ -> true;
      case Verdict.Reject _ -> {
        leftAlone.lied(from.id(), nowNanos);
        chains.all().forEach(chain -> chain.leave(from));
        from.blame(Offence.INVALID_MESSAGE, nowNanos);
        yield false;
      }
      // What cannot be judged yet is walked to in its time.
      case Verdict.Ignore _, Verdict.Await _, Verdict.NotYet _ -> false;
    };
  }

  /**
   * Asks those that serve a chain for what is needed next: how far they have it, or what follows.
   */
  void goOn(SyncChain chain, long nowNanos) {
    for (Server server : chain.fastestFirst()) {
      Neighbour peer = server.peer();
      if (server.end() < chain.end()) {
        if (!server.wasAskedFor(chain.end())
            && mayAsk(peer, 0, nowNanos)
            && asks.ask(peer, locator(chain), 0, chain, nowNanos)) {
          server.askedFor(chain.end());
        }
      } else if (chain.isLow()
          && server.further() > 0
          && !asks.isExtending(chain, nowNanos)
          && mayAsk(peer, WireMessage.MAX_HEADERS_ASKED, nowNanos)) {
        boolean _ = asks.ask(peer, locator(chain), WireMessage.MAX_HEADERS_ASKED, chain, nowNanos);
      }
    }
  }

  /** Whether nobody knows of a block that follows the end of a chain. */
  boolean isAtTheEnd(SyncChain chain) {
    if (asks.isAsking(chain)) {
      return false;
    }
    for (Server server : chain.servers()) {
      if (server.further() > 0 && server.end() == chain.end()) {
        return false;
      }
    }
    return true;
  }

  /** Asks peers whether they have a chain, as many as there are places: our choice first. */
  void invite(SyncChain chain, long nowNanos) {
    invite(chain, true, nowNanos);
    invite(chain, false, nowNanos);
  }

  private void invite(SyncChain chain, boolean outbound, long nowNanos) {
    int places = SyncChain.MAX_SERVERS - chain.serverCount() - asks.joining(chain);
    for (int i = 0; i < neighbours.size() && places > 0; i++) {
      Neighbour peer = neighbours.get(i);
      if (peer.isOutbound() == outbound
          && !chains.isServedBy(peer)
          && chain.hasPlaceFor(peer)
          && !chain.wasAsked(peer, ASK_AGAIN_AFTER.toNanos(), nowNanos)
          && mayAsk(peer, 0, nowNanos)
          && asks.ask(peer, locator(chain), 0, chain, nowNanos)) {
        chain.asked(peer, nowNanos);
        places--;
      }
    }
  }

  /** A chain is not followed any more. */
  void forget(SyncChain chain) {
    asks.forget(chain);
  }

  void departed(Neighbour peer) {
    asks.departed(peer);
    uselessNanos.remove(peer);
  }

  /** Leaves those alone that do not answer. */
  void timePassed(long nowNanos) {
    for (Neighbour peer : asks.takeLate(nowNanos)) {
      leftAlone.failed(peer.id(), nowNanos);
      chains.all().forEach(chain -> chain.leave(peer));
    }
  }

  /** Headers of blocks that were not known here, since the start. */
  long taken() {
    return taken;
  }
}
