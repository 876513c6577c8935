package dev.waggle.domain.sync;

import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.rates.Allowance;
import dev.waggle.domain.rates.RateSettings;
import dev.waggle.domain.rates.Told;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What peers were asked about headers: one question at a time each, and no more than they answer.
 */
final class HeaderAsks {
  /** How long a peer may take to answer, or to go on with an answer. */
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** How long a peer is waited for before another one is asked the same. */
  static final Duration IN_GOOD_TIME = Duration.ofSeconds(2);

  /** What a question costs here more than there: two clocks are not one. */
  private static final int SLACK = 64;

  /** Peers of which it is remembered how much they were asked for. */
  private static final int MAX_REMEMBERED = 256;

  /** A question that is not answered in full yet. */
  static final class Ask {
    private final List<MessageId> locator;
    private final int count;
    private final long end;
    private @Nullable SyncChain chain;
    private int got;
    private @Nullable MessageId next;
    private final long beganNanos;
    private long sinceNanos;

    private Ask(
        List<MessageId> locator, int count, @Nullable SyncChain chain, long end, long nowNanos) {
      this.locator = locator;
      this.count = count;
      this.chain = chain;
      this.end = end;
      this.beganNanos = nowNanos;
      this.sinceNanos = nowNanos;
    }

    /** The chain that it is about; null for whatever the peer has. */
    @Nullable SyncChain chain() {
      return chain;
    }

    /** It has turned out what the peer has. */
    void isAbout(SyncChain found) {
      chain = found;
    }

    /** Where the chain ended when it was asked. */
    long end() {
      return end;
    }

    /** Whether headers that follow this block are an answer, or go on with one. */
    boolean isAnsweredAfter(MessageId after) {
      return next == null ? locator.contains(after) : next.equals(after);
    }

    /** Whether the peer has said by it that it has the chain to where that ended. */
    boolean isAboutTheEnd(MessageId after) {
      return chain != null && next == null && locator.getFirst().equals(after);
    }

    boolean asksForHeaders() {
      return count > 0;
    }
  }

  private final Map<Neighbour, Ask> open = new LinkedHashMap<>();

  /** By PeerId: who comes again has what it had left, and so have we with it. */
  private final LinkedHashMap<PeerId, Allowance> allowances = new LinkedHashMap<>();

  @Nullable Ask find(Neighbour peer) {
    return open.get(peer);
  }

  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Whether anybody is asked about a chain. */
  boolean isAsking(SyncChain chain) {
    for (Ask ask : open.values()) {
      if (chain.equals(ask.chain)) {
        return true;
      }
    }
    return false;
  }

  /** Whether somebody was asked for more of a chain who may yet send it in good time. */
  boolean isExtending(SyncChain chain, long nowNanos) {
    for (Ask ask : open.values()) {
      boolean isInTime = nowNanos - ask.beganNanos < IN_GOOD_TIME.toNanos();
      if (chain.equals(ask.chain) && ask.count > 0 && isInTime) {
        return true;
      }
    }
    return false;
  }

  /** How many are asked where they stand on a chain that they do not serve. */
  int joining(SyncChain chain) {
    int count = 0;
    for (Map.Entry<Neighbour, Ask> entry : open.entrySet()) {
      boolean joins = chain.equals(entry.getValue().chain) && chain.server(entry.getKey()) == null;
      count += joins ? 1 : 0;
    }
    return count;
  }

  /**
   * Asks a peer, if it is not being asked and may be.
   *
   * @return whether it was
   */
  boolean ask(
      Neighbour peer,
      List<MessageId> locator,
      int count,
      @Nullable SyncChain chain,
      long nowNanos) {
    if (open.containsKey(peer) || !takeTokens(peer, locator.size(), count, nowNanos)) {
      return false;
    }
    if (!peer.send(new WireMessage.GetHeaders(locator, count), nowNanos)) {
      return false;
    }
    open.put(peer, new Ask(locator, count, chain, chain == null ? 0 : chain.end(), nowNanos));
    return true;
  }

  /** Whether a peer answers that many headers now: to be asked before a locator is looked up. */
  boolean mayAsk(Neighbour peer, int count, long nowNanos) {
    if (open.containsKey(peer)) {
      return false;
    }
    int cost = RateSettings.HEADERS_PER_ID * WireMessage.MAX_LOCATOR + SLACK + count;
    Allowance allowance = allowance(peer, nowNanos);
    int taken = allowance.take(Told.REQUESTED_HEADER, cost, nowNanos);
    allowance.giveBack(Told.REQUESTED_HEADER, taken);
    return taken == cost;
  }

  private Allowance allowance(Neighbour peer, long nowNanos) {
    Allowance known = allowances.remove(peer.id());
    Allowance allowance = known == null ? new Allowance(RateSettings.DEFAULTS, nowNanos) : known;
    if (allowances.size() >= MAX_REMEMBERED) {
      allowances.pollFirstEntry();
    }
    allowances.putLast(peer.id(), allowance);
    return allowance;
  }

  private boolean takeTokens(Neighbour peer, int ids, int count, long nowNanos) {
    Allowance allowance = allowance(peer, nowNanos);
    int cost = RateSettings.HEADERS_PER_ID * ids + SLACK + count;
    int taken = allowance.take(Told.REQUESTED_HEADER, cost, nowNanos);
    if (taken < cost) {
      allowance.giveBack(Told.REQUESTED_HEADER, taken);
    }
    return taken == cost;
  }

  /** A part of an answer has come that ends with {@code last}; it goes on, or not. */
  void goesOn(Neighbour peer, WireMessage.Headers part, MessageId last, long nowNanos) {
    Ask ask = open.get(peer);
    if (ask != null) {
      int headers = part.headers().size();
      ask.got += headers;
      ask.next = last;
      ask.sinceNanos = nowNanos;
      if (headers == 0 || part.further() == 0 || ask.got >= ask.count) {
        open.remove(peer);
      }
    }
  }

  /** Whatever else comes is not wanted. */
  void end(Neighbour peer) {
    open.remove(peer);
  }

  void departed(Neighbour peer) {
    open.remove(peer);
  }

  /** Nobody is asked about a chain any more. */
  void forget(SyncChain chain) {
    open.values().removeIf(ask -> chain.equals(ask.chain));
  }

  /** Those who have not answered in time; they are not asked any more. */
  List<Neighbour> takeLate(long nowNanos) {
    List<Neighbour> late = new ArrayList<>();
    for (Map.Entry<Neighbour, Ask> entry : open.entrySet()) {
      if (nowNanos - entry.getValue().sinceNanos >= TIMEOUT.toNanos()) {
        late.add(entry.getKey());
      }
    }
    late.forEach(open::remove);
    return late;
  }
}
