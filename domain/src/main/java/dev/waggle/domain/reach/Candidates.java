package dev.waggle.domain.reach;

import dev.waggle.domain.addresses.OwnAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.operator.ReachStatus;
import dev.waggle.ports.operator.ReachStatus.Source;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where others might dial this node, from whatever it knows that, and whether they can (PROTOCOL
 * §9.9). Owned by one thread.
 */
final class Candidates {
  /** At most: what the operator says, the mappings, and three of each IP version. */
  static final int MAX = 1 + Mappings.MAX + 2 * 3;

  /** Groups that must see the node at an address that is not its machine's. */
  static final int WITNESSES = 2;

  private final OwnAddress own;
  private final OwnPort ownPort;
  private final Mappings mappings;
  private final Predicate<IpEndpoint> reaches;
  private final PeerObserver observer;
  private final Map<IpEndpoint, Source> sources = new LinkedHashMap<>(); // The best ones first.
  private final Map<IpEndpoint, Candidate> all = new LinkedHashMap<>();
  private Reachability told = Reachability.UNKNOWN;
  private @Nullable IpEndpoint toldAt;

  Candidates(
      OwnAddress own,
      OwnPort ownPort,
      Mappings mappings,
      Predicate<IpEndpoint> reaches,
      PeerObserver observer) {
    this.own = own;
    this.ownPort = ownPort;
    this.mappings = mappings;
    this.reaches = reaches;
    this.observer = observer;
  }

  /** Takes up what has become known, and forgets what is no more. */
  void refresh(long nowNanos) {
    sources.clear();
    if (own.listening() != null) {
      add(own.external(), Source.EXTERNAL);
      add(own.direct(true), Source.DIRECT);
      add(own.direct(false), Source.DIRECT);
      mappings.endpoints().forEach(endpoint -> add(endpoint, Source.MAPPED));
      for (boolean ipv4 : new boolean[] {true, false}) {
        if (own.direct(ipv4) == null) {
          own.seen(WITNESSES, ipv4).forEach(endpoint -> add(endpoint, Source.OBSERVED));
          add(ownPort.agreed(ipv4), Source.OBSERVED);
        }
      }
    }
    all.keySet().retainAll(sources.keySet());
    for (IpEndpoint endpoint : sources.keySet()) {
      all.computeIfAbsent(endpoint, _ -> new Candidate(endpoint, nowNanos));
    }
    changed();
  }

  private void add(@Nullable IpEndpoint endpoint, Source source) {
    if (endpoint != null && reaches.test(endpoint)) {
      sources.putIfAbsent(endpoint, source);
    }
  }

  Collection<Candidate> all() {
    return Collections.unmodifiableCollection(all.values());
  }

  @Nullable Candidate find(IpEndpoint endpoint) {
    return all.get(endpoint);
  }

  Reachability of(IpEndpoint endpoint) {
    Candidate candidate = all.get(endpoint);
    return candidate == null ? Reachability.UNKNOWN : candidate.reachability();
  }

  /** Of the node. */
  Reachability state() {
    boolean allPrivate = !all.isEmpty();
    for (Candidate each : all.values()) {
      if (each.reachability() == Reachability.REACHABLE) {
        return Reachability.REACHABLE;
      }
      allPrivate &= each.reachability() == Reachability.PRIVATE;
    }
    return allPrivate ? Reachability.PRIVATE : Reachability.UNKNOWN;
  }

  /** Where others can dial the node: the best address of each IP version. */
  List<IpEndpoint> reachable() {
    List<IpEndpoint> reachable = new ArrayList<>();
    for (IpEndpoint endpoint : sources.keySet()) {
      boolean ipv4 = endpoint.address().isIpv4();
      if (of(endpoint) == Reachability.REACHABLE
          && reachable.stream().noneMatch(other -> other.address().isIpv4() == ipv4)) {
        reachable.add(endpoint);
      }
    }
    return reachable;
  }

  /** Something may have become of a candidate: the observer hears if that changes the whole. */
  void changed() {
    List<IpEndpoint> reachable = reachable();
    Reachability state = state();
    IpEndpoint at = reachable.isEmpty() ? null : reachable.getFirst();
    if (state != told || !Objects.equals(at, toldAt)) {
      told = state;
      toldAt = at;
      observer.reachabilityChanged(state, at);
    }
  }

  List<ReachStatus.Candidate> status() {
    List<ReachStatus.Candidate> status = new ArrayList<>();
    sources.forEach(
        (endpoint, source) ->
            status.add(new ReachStatus.Candidate(endpoint, source, of(endpoint))));
    return status;
  }
}
