package dev.waggle.domain.reach;

import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.PeerObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What routers say that they do for this node, for as long as they have said (PROTOCOL §9.9). The
 * observer hears what changes. Owned by one thread.
 */
final class Mappings {
  /** Mappings at once: by two routers, of both IP versions. The oldest goes for another. */
  static final int MAX = 4;

  /** No mapping is believed for longer without being renewed. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private record Held(Mapping mapping, long untilNanos) {
    boolean isReplacedBy(Mapping other) {
      return mapping.method() == other.method()
          && mapping.router().equals(other.router())
          && mapping.external().address().isIpv4() == other.external().address().isIpv4();
    }
  }

  private final PeerObserver observer;
  private final Alarm alarm;
  private final List<Held> held = new ArrayList<>();
  private @Nullable String failure;

  Mappings(PeerObserver observer, Alarm alarm) {
    this.observer = observer;
    this.alarm = alarm;
  }

  /** There is a mapping, or it lasts for longer. */
  void mapped(Mapping mapping, long nowNanos) {
    boolean isNew = held.stream().noneMatch(each -> each.mapping.isSameAs(mapping));
    held.removeIf(each -> each.isReplacedBy(mapping));
    if (held.size() == MAX) {
      held.removeFirst();
    }
    Duration lifetime = mapping.lifetime().compareTo(LONGEST) < 0 ? mapping.lifetime() : LONGEST;
    Held added = new Held(mapping, nowNanos + lifetime.toNanos());
    held.add(added);
    alarm.by(added.untilNanos);
    failure = null;
    if (isNew) {
      observer.mapped(mapping);
    }
  }

  /** A mapping is gone; one that is not known was replaced already. */
  void lost(Mapping mapping, String why) {
    if (held.removeIf(each -> each.mapping.isSameAs(mapping))) {
      observer.mappingLost(mapping, why);
    }
  }

  /** There is none for now. */
  void failed(String why) {
    if (!why.equals(failure)) {
      failure = why;
      observer.mappingFailed(why);
    }
  }

  /** Drops what was not renewed in time. */
  void timePassed(long nowNanos) {
    for (Held each : new ArrayList<>(held)) {
      if (nowNanos - each.untilNanos >= 0) {
        lost(each.mapping, "not renewed in time");
      } else {
        alarm.by(each.untilNanos);
      }
    }
  }

  /** Where routers let others through. */
  List<IpEndpoint> endpoints() {
    return held.stream().map(each -> each.mapping.external()).toList();
  }

  /** All, each with the time that it has left. */
  List<Mapping> all(long nowNanos) {
    List<Mapping> all = new ArrayList<>();
    for (Held each : held) {
      long leftNanos = each.untilNanos - nowNanos;
      if (leftNanos > 0) {
        Mapping mapping = each.mapping;
        all.add(
            new Mapping(
                mapping.method(),
                mapping.router(),
                mapping.external(),
                Duration.ofNanos(leftNanos)));
      }
    }
    return all;
  }
}
