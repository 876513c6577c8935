package dev.waggle.domain.addresses;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where others can dial this node, as far as it knows (PROTOCOL §9.5): what the operator says; or
 * what peers see that it has dialled itself, since those who dial can be anybody.
 *
 * <p>If a peer sees the very address that this machine has, there is nothing between them that
 * rewrites addresses, and one such peer is enough: it could not have made this up. Otherwise
 * several must agree, of different network groups, and strangers must have come in by it.
 *
 * <p>Only an address counts by which others get through to where the node listens: not one of its
 * machine that it dials from, but does not listen at.
 */
public final class OwnAddress {
  /** So many groups must see the same address to have it told, if it is not the machine's own. */
  static final int WITNESSES = 3;

  /** Groups whose word is remembered, one word each. */
  private static final int MAX_WORDS = 32;

  /** For so long a stranger who has come in shows that others can. */
  static final Duration STRANGER_COUNTS = Duration.ofHours(24);

  private final @Nullable IpEndpoint external;
  private @Nullable IpEndpoint listening;
  private final Map<NetworkGroup, IpAddress> words = new LinkedHashMap<>();
  private @Nullable IpAddress direct; // Of these two the one that was seen last.
  private @Nullable IpAddress directIpv4;
  private @Nullable IpAddress directIpv6;
  private boolean strangerCame;
  private long strangerNanos;

  /**
   * Nothing is known yet.
   *
   * @param external what the operator says, or null
   */
  public OwnAddress(@Nullable IpEndpoint external) {
    this.external = external;
  }

  /**
   * The node listens here: at one address, or at all that its machine has.
   *
   * @param endpoint null if the node lets nobody in
   * @param reached whether the network reaches the one address: nobody needs to see that one first
   */
  public void listensAt(@Nullable IpEndpoint endpoint, boolean reached) {
    listening = endpoint;
    direct = null;
    directIpv4 = null;
    directIpv6 = null;
    if (endpoint != null && reached) {
      isDirect(endpoint.address());
    }
  }

  private void isDirect(IpAddress address) {
    direct = address;
    if (address.isIpv4()) {
      directIpv4 = address;
    } else {
      directIpv6 = address;
    }
  }

  /**
   * A peer that this node has dialled says where it sees it.
   *
   * @param seen one that the network reaches
   * @param local this machine's end of the link
   */
  public void observed(IpAddress seen, IpAddress local, NetworkGroup by) {
    boolean unchanged = seen.equals(local);
    if (!leadsHere(seen, unchanged)) {
      return;
    }
    if (unchanged) {
      isDirect(seen);
    }
    words.remove(by);
    if (words.size() == MAX_WORDS) {
      words.remove(words.keySet().iterator().next());
    }
    words.put(by, seen);
  }

  /**
   * Whether who dials {@code address} can get through to where this node listens.
   *
   * @param ofThisMachine else something on the way translates it to an address that is
   */
  public boolean leadsHere(IpAddress address, boolean ofThisMachine) {
    if (listening == null) {
      return false;
    }
    IpAddress at = listening.address();
    if (at.isUnspecified()) {
      return address.isIpv4() || !at.isIpv4(); // :: listens to both, 0.0.0.0 to IPv4 only.
    }
    return ofThisMachine ? at.equals(address) : at.isIpv4() == address.isIpv4();
  }

  /** Somebody from elsewhere has dialled this node. */
  void strangerCame(long nowNanos) {
    strangerCame = true;
    strangerNanos = nowNanos;
  }

  /**
   * The same if there is no doubt that it is this node's: peers that agree may do so in a lie, by
   * which the node would never dial who really is there.
   */
  @Nullable IpEndpoint certain() {
    if (external != null) {
      return external;
    }
    return direct == null || listening == null ? null : new IpEndpoint(direct, listening.port());
  }

  /** Where others can dial this node, or null if it has no reason to believe that they can. */
  @Nullable IpEndpoint current(long nowNanos) {
    IpEndpoint certain = certain();
    if (certain != null || listening == null) {
      return certain;
    }
    boolean comesIn = strangerCame && nowNanos - strangerNanos < STRANGER_COUNTS.toNanos();
    IpAddress agreed = comesIn ? agreed(WITNESSES, words.values()) : null;
    return agreed == null ? null : new IpEndpoint(agreed, listening.port());
  }

  /** What the operator says, or null. */
  public @Nullable IpEndpoint external() {
    return external;
  }

  /** Where the node listens, or null if it lets nobody in. */
  public @Nullable IpEndpoint listening() {
    return listening;
  }

  /** The address of this machine that a peer has seen unchanged, with the listening port. */
  public @Nullable IpEndpoint direct(boolean ipv4) {
    return withPort(ipv4 ? directIpv4 : directIpv6);
  }

  /**
   * The addresses at which so many groups see this node, with the listening port: where most do,
   * and where those do whose words are the last. Two at most; of both, liars may have made up one.
   */
  public List<IpEndpoint> seen(int witnesses, boolean ipv4) {
    List<IpAddress> lastFirst = new ArrayList<>(words.values()).reversed();
    lastFirst.removeIf(address -> address.isIpv4() != ipv4);
    IpAddress most = agreed(witnesses, lastFirst);
    IpAddress last = null;
    for (IpAddress address : lastFirst) {
      if (last == null && Collections.frequency(lastFirst, address) >= witnesses) {
        last = address;
      }
    }
    List<IpEndpoint> seen = new ArrayList<>();
    if (listening != null && most != null && last != null) {
      seen.add(new IpEndpoint(most, listening.port()));
      if (!last.equals(most)) {
        seen.add(new IpEndpoint(last, listening.port()));
      }
    }
    return seen;
  }

  private @Nullable IpEndpoint withPort(@Nullable IpAddress address) {
    return address == null || listening == null ? null : new IpEndpoint(address, listening.port());
  }

  /** What most say, if enough do. */
  private static @Nullable IpAddress agreed(int witnesses, Collection<IpAddress> words) {
    IpAddress agreed = null;
    int most = witnesses - 1;
    for (IpAddress candidate : words) {
      int count = Collections.frequency(words, candidate);
      if (count > most) {
        most = count;
        agreed = candidate;
      }
    }
    return agreed;
  }
}
