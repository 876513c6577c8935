package dev.waggle.simulator.shape;

import dev.waggle.ports.Endpoint;
import dev.waggle.simulator.network.Host;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address at which a host of a {@link ShapedNetwork} listens, where those who dial and those who
 * are accepted find each other by the dialler's address.
 *
 * <p>A socket may be accepted before its dialler knows that it is connected. So somebody unknown
 * has to wait as long as any dial might turn out to be his; once there is none, he comes from
 * outside.
 *
 * <p>Guarded by the lock of the {@link LiveTimeline}.
 */
final class ListeningPost {
  private final Host host;

  /** Dials of which nobody knows from where they come, because they are not connected. */
  private final Set<Outgoing> expected = new HashSet<>();

  /** Dials that are connected, and have not been accepted. */
  private final Map<Endpoint, Outgoing> dialled = new HashMap<>();

  /** Who was accepted, and is unknown. */
  private final Map<Endpoint, Arrival> unknown = new HashMap<>();

  ListeningPost(Host host) {
    this.host = host;
  }

  Host host() {
    return host;
  }

  void expect(Outgoing dialler) {
    expected.add(dialler);
  }

  /** A dial has connected, from there. */
  void dialled(Outgoing dialler, Endpoint from) {
    expected.remove(dialler);
    Arrival arrival = unknown.remove(from);
    if (arrival == null) {
      dialled.put(from, dialler);
    } else {
      arrival.isFrom(dialler);
    }
    dismiss();
  }

  /** A dial has ended, or its connection. */
  void forget(Outgoing dialler, @Nullable Endpoint from) {
    expected.remove(dialler);
    if (from != null) {
      dialled.remove(from, dialler);
    }
    dismiss();
  }

  /** Whose connection was accepted, if that is known. */
  @Nullable Outgoing accepted(Endpoint from) {
    return dialled.remove(from);
  }

  /** Whether whoever is unknown can only come from outside. */
  boolean expectsNobody() {
    return expected.isEmpty();
  }

  void await(Endpoint from, Arrival arrival) {
    unknown.put(from, arrival);
  }

  private void dismiss() {
    if (expected.isEmpty()) {
      unknown.values().forEach(Arrival::isFromOutside);
      unknown.clear();
    }
  }
}
