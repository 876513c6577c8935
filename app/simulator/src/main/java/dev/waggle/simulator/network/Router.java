package dev.waggle.simulator.network;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A router between one host and all others: it translates the port at which the host listens, and
 * lets in what its kind lets in.
 *
 * <p>What the host sends from other ports is translated as well, but nobody ever dials these: such
 * a port is taken, and no more is known of it. No router keeps a host's port, as some do: what
 * depends on that works by chance.
 */
final class Router {
  /** After the last packet, or the end of the last connection (RFC 5382, REQ-5). */
  static final long LASTS_NANOS = Duration.ofMinutes(4).toNanos();

  private static final int FIRST_PORT = 20_000;
  private static final int PORTS = 45_000;

  /** Mappings, or contacts of one, beyond which those that have run out are dropped. */
  private static final int SWEPT_ABOVE = 64;

  /** An endpoint as it is seen from outside. */
  record Remote(int host, int port) {}

  /** What a mapping knows of one endpoint that was sent to, or has come in. */
  private static final class Contact {
    private int connections;
    private long lastNanos;

    boolean counts(long nowNanos) {
      return connections > 0 || nowNanos - lastNanos < LASTS_NANOS;
    }
  }

  /** A port of the router that stands for that of the host. */
  private record Mapping(int port, Map<Remote, Contact> contacts) {
    boolean counts(long nowNanos) {
      return contacts.values().stream().anyMatch(contact -> contact.counts(nowNanos));
    }

    Contact with(Remote remote, long nowNanos) {
      if (contacts.size() >= SWEPT_ABOVE && !contacts.containsKey(remote)) {
        contacts.values().removeIf(contact -> !contact.counts(nowNanos));
      }
      return contacts.computeIfAbsent(remote, _ -> new Contact());
    }
  }

  private final NatKind kind;
  private final List<Mapping> mappings = new ArrayList<>(1);
  private int portsTaken;

  Router(NatKind kind) {
    this.kind = kind;
  }

  NatKind kind() {
    return kind;
  }

  /** The port that others see when the host sends from a port at which it does not listen. */
  int takePort() {
    return FIRST_PORT + portsTaken++ % PORTS;
  }

  /**
   * The host sends a SYN from the port at which it listens.
   *
   * @return the port that {@code to} sees
   */
  int sends(Remote to, long nowNanos) {
    Mapping mapping = mappingTo(to, nowNanos);
    mapping.with(to, nowNanos).lastNanos = nowNanos;
    return mapping.port;
  }

  private Mapping mappingTo(Remote to, long nowNanos) {
    for (Mapping mapping : mappings) {
      if (mapping.counts(nowNanos)
          && (!kind.mapsEachDestination() || mapping.contacts.containsKey(to))) {
        return mapping;
      }
    }
    if (mappings.size() >= SWEPT_ABOVE) {
      mappings.removeIf(mapping -> !mapping.counts(nowNanos));
    }
    Mapping mapping = new Mapping(takePort(), new LinkedHashMap<>());
    mappings.add(mapping);
    return mapping;
  }

  /** Whether it passes on a SYN that comes from there to a port of its own. */
  boolean admits(Remote from, int port, long nowNanos) {
    for (Mapping mapping : mappings) {
      if (mapping.port == port && mapping.counts(nowNanos)) {
        return admits(mapping, from, nowNanos);
      }
    }
    return false;
  }

  private boolean admits(Mapping mapping, Remote from, long nowNanos) {
    return switch (kind) {
      case FULL_CONE -> true;
      case RESTRICTED ->
          mapping.contacts.entrySet().stream()
              .anyMatch(
                  contact ->
                      contact.getKey().host == from.host && contact.getValue().counts(nowNanos));
      case PORT_RESTRICTED, SYMMETRIC -> {
        Contact contact = mapping.contacts.get(from);
        yield contact != null && contact.counts(nowNanos);
      }
    };
  }

  /** A connection stands between the host, behind a port of the router, and an endpoint. */
  void connected(int port, Remote with, long nowNanos) {
    for (Mapping mapping : mappings) {
      if (mapping.port == port) {
        Contact contact = mapping.with(with, nowNanos);
        contact.connections++;
        contact.lastNanos = nowNanos;
        return;
      }
    }
  }

  /** It has ended. */
  void disconnected(int port, Remote with, long nowNanos) {
    for (Mapping mapping : mappings) {
      Contact contact = mapping.port == port ? mapping.contacts.get(with) : null;
      if (contact != null) {
        contact.connections--;
        contact.lastNanos = nowNanos;
        return;
      }
    }
  }

  /** How many endpoints it knows of. */
  int contacts() {
    return mappings.stream().mapToInt(mapping -> mapping.contacts.size()).sum();
  }

  /** Forgets everything. */
  void restart() {
    mappings.clear();
  }
}
