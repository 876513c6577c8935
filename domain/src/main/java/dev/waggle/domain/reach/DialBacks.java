package dev.waggle.domain.reach;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.admission.Origin;
import dev.waggle.domain.rates.Rate;
import dev.waggle.domain.rates.Tokens;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.DialOutcome;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * Dials peers that ask for it, so that they learn whether others can (PROTOCOL §9.9). Owned by one
 * thread.
 */
final class DialBacks {
  /*
   * Who asks chooses the address, so it could have this node find out what is there, or knock at
   * somebody's door. Hence: the address is where the peer is seen, or was paid for with ten times
   * what a dial costs others; there are few dials, however many ask; and "not reached" is said for
   * any reason, and never before a dial that gets no answer at all would have ended.
   */

  /** Payment for an address at which the peer is not seen. */
  static final int PRICE_BYTES = 30_000;

  /** Dials at once. */
  static final int MAX_UNDER_WAY = 4;

  /** And of these, for addresses of others. */
  static final int MAX_PAID_UNDER_WAY = 2;

  /** A dial in vain is told after so long: 10 s to connect, and 10 s for the handshake. */
  static final Duration IN_VAIN_AFTER = Duration.ofSeconds(20);

  /** So long the peer has to close what was dialled back. */
  static final Duration LEAVE_WITHIN = Duration.ofSeconds(5);

  /** Requests of one link that are answered at all. */
  static final Rate ANSWERED = Rate.every(Duration.ofSeconds(1), 16);

  /** Who may ask. */
  private static final class Client {
    private final PeerId peer;
    private final IpEndpoint remote;
    private final boolean mayAsk;
    private final Tokens answers;
    private boolean waits;

    Client(PeerInfo info, IpEndpoint remote) {
      this.peer = info.id();
      this.remote = remote;
      this.mayAsk = info.features().contains(Feature.DIAL_BACK);
      this.answers = new Tokens(ANSWERED);
    }
  }

  private record Dial(LinkId client, long nonce, boolean isPaid, long inVainNanos) {}

  private final Links links;
  private final Alarm alarm;
  private final BiPredicate<IpEndpoint, Long> mayDial;
  private final Map<LinkId, Client> clients = new LinkedHashMap<>();
  private final Map<PeerAddress, Dial> underWay = new LinkedHashMap<>();
  private final List<Dial> inVain = new ArrayList<>();
  private final Map<LinkId, Long> leavingNanos = new LinkedHashMap<>();
  private final DialLimits limits = new DialLimits();

  /**
   * Nobody has asked yet.
   *
   * @param mayDial whether the node would dial an address by its own choice, at some time
   */
  DialBacks(Links links, BiPredicate<IpEndpoint, Long> mayDial, Alarm alarm) {
    this.links = links;
    this.mayDial = mayDial;
    this.alarm = alarm;
  }

  void linked(LinkId id, PeerInfo info, IpEndpoint remote) {
    clients.put(id, new Client(info, remote));
  }

  /** What is dialled for this link is dialled to its end, but nobody is told. */
  void unlinked(LinkId id) {
    clients.remove(id);
  }

  /** DialRequest. */
  void requested(LinkId id, WireMessage.DialRequest request, long nowNanos) {
    Client client = clients.get(id);
    if (client == null || !client.mayAsk || !client.answers.take(nowNanos)) {
      return;
    }
    if (!isGranted(client, request, nowNanos)) {
      links.send(id, new WireMessage.DialResponse(request.nonce(), DialOutcome.REFUSED));
      return;
    }
    client.waits = true;
    PeerAddress address = new PeerAddress(request.endpoint().endpoint(), client.peer);
    long inVainNanos = nowNanos + IN_VAIN_AFTER.toNanos();
    boolean isPaid = !isSeenAt(client, request.endpoint().address());
    underWay.put(address, new Dial(id, request.nonce(), isPaid, inVainNanos));
    links.dial(address, DialWay.ANY_PORT);
  }

  private boolean isGranted(Client client, WireMessage.DialRequest request, long nowNanos) {
    IpEndpoint endpoint = request.endpoint();
    boolean isPaid = !isSeenAt(client, endpoint.address());
    if (client.waits
        || (isPaid && request.payment().length() < PRICE_BYTES)
        || underWay.size() >= MAX_UNDER_WAY
        || (isPaid && paidUnderWay() >= MAX_PAID_UNDER_WAY)
        || underWay.containsKey(new PeerAddress(endpoint.endpoint(), client.peer))
        || !hasVersionOf(endpoint.address())
        || !mayDial.test(endpoint, nowNanos)) {
      return false;
    }
    IpAddress machine = Origin.of(client.remote.endpoint()).machine();
    return limits.take(machine, NetworkGroup.of(endpoint), isPaid, nowNanos);
  }

  /** The same address, or of IPv6 one of the same 64 bits: so much one machine has. */
  private static boolean isSeenAt(Client client, IpAddress address) {
    IpAddress seen = client.remote.address();
    return seen.equals(address)
        || (!seen.isIpv4() && !address.isIpv4() && seen.high() == address.high());
  }

  private int paidUnderWay() {
    int count = 0;
    for (Dial each : underWay.values()) {
      count += each.isPaid ? 1 : 0;
    }
    return count;
  }

  /** A dial from a machine without IPv6 says nothing about an address of IPv6, and vice versa. */
  private boolean hasVersionOf(IpAddress address) {
    for (Client each : clients.values()) {
      if (each.remote.address().isIpv4() == address.isIpv4()) {
        return true;
      }
    }
    return false;
  }

  /** Who has asked has proved itself there. Returns whether the new link is of such a dial. */
  boolean established(PeerAddress dialled, LinkId id, PeerInfo info, long nowNanos) {
    Dial dial = underWay.remove(dialled);
    if (dial == null) {
      return false;
    }
    Client client = clients.get(dial.client);
    if (client == null || !info.features().contains(Feature.DIAL_BACK)) {
      settle(dial, DialOutcome.REFUSED);
      links.send(id, new WireMessage.Goodbye(GoodbyeReason.NOT_NEEDED));
      links.close(id, CloseReason.local("dialled back in vain"));
      return true;
    }
    links.send(id, new WireMessage.DialBack(dial.nonce));
    links.send(id, new WireMessage.Goodbye(GoodbyeReason.NOT_NEEDED));
    settle(dial, DialOutcome.REACHED);
    long untilNanos = nowNanos + LEAVE_WITHIN.toNanos();
    leavingNanos.put(id, untilNanos);
    alarm.by(untilNanos);
    return true;
  }

  /** Returns whether the dial was for a peer. */
  boolean failed(PeerAddress address, long nowNanos) {
    Dial dial = underWay.remove(address);
    if (dial == null) {
      return false;
    }
    inVain.add(dial);
    tellInVain(nowNanos);
    return true;
  }

  private void tellInVain(long nowNanos) {
    for (Dial dial : new ArrayList<>(inVain)) {
      if (nowNanos - dial.inVainNanos >= 0) {
        inVain.remove(dial);
        settle(dial, DialOutcome.NOT_REACHED);
      } else {
        alarm.by(dial.inVainNanos);
      }
    }
  }

  private void settle(Dial dial, DialOutcome outcome) {
    Client client = clients.get(dial.client);
    if (client != null) {
      client.waits = false;
      links.send(dial.client, new WireMessage.DialResponse(dial.nonce, outcome));
    }
  }

  /** Returns whether it was a connection that was dialled back. */
  boolean closed(LinkId id) {
    return leavingNanos.remove(id) != null;
  }

  /** The peer has heard enough: returns whether this was a connection that was dialled back. */
  boolean received(LinkId id) {
    if (leavingNanos.remove(id) == null) {
      return false;
    }
    links.close(id, CloseReason.local("dialled back"));
    return true;
  }

  void timePassed(long nowNanos) {
    tellInVain(nowNanos);
    for (Map.Entry<LinkId, Long> each : new ArrayList<>(leavingNanos.entrySet())) {
      if (nowNanos - each.getValue() >= 0) {
        var _ = received(each.getKey());
      } else {
        alarm.by(each.getValue());
      }
    }
  }

  /** The node stops. */
  void stop() {
    new ArrayList<>(leavingNanos.keySet()).forEach(this::received);
  }
}
