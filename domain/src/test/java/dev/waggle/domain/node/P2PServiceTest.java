package dev.waggle.domain.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.gossip.DuplicateFilter;
import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.handshake.VerifiedPeers;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.domain.peers.PeerSettings;
import dev.waggle.domain.punch.Notary;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerDirectory;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How peers and gossip hear of each other. */
final class P2PServiceTest {
  private static final LinkId FIRST = new LinkId(1);
  private static final LinkId SECOND = new LinkId(2);
  private static final long NOW = 1_000;

  private final SeededRandom random = new SeededRandom(1);
  private final PeerIdentity self = ToySuite.identity(random);
  private final Outbox links = new Outbox();
  private final Accepting application = new Accepting();
  private final P2PService service =
      new P2PService(
          new P2PSettings(PeerSettings.defaults(List.of()), GossipSettings.DEFAULTS),
          self.peerId(),
          PeerMemory.NOTHING,
          links,
          PeerDirectory.NONE,
          application,
          PeerObserver.NONE,
          CatchUpObserver.NONE,
          random,
          ToySuite.create().hash(),
          DuplicateFilter.NONE,
          _ -> {},
          Notary.NONE,
          List.of());

  private void establish(LinkId link) {
    PeerIdentity peer = ToySuite.identity(random);
    Endpoint endpoint = new Endpoint("10.0.0." + link.value(), 1);
    PeerInfo info =
        new PeerInfo(
            peer.peerId(),
            endpoint,
            new Endpoint("10.0.0.2", 9),
            Direction.INBOUND,
            "toy",
            "bincode",
            List.of());
    service.linkEstablished(link, VerifiedPeers.of(peer), info, null, NOW);
    links.take(link);
  }

  private static GossipMessage message(int number) {
    return new GossipMessage.Transaction(Bytes.wrap(new byte[] {(byte) number}));
  }

  private static WireMessage gossip(int number) {
    return new WireMessage.Gossip(message(number));
  }

  private static WireMessage announce(int number) {
    return new WireMessage.Announce(
        List.of(new MessageIds(ToySuite.create().hash()).of(message(number))));
  }

  private static WireMessage request(int number) {
    return new WireMessage.Request(
        List.of(new MessageIds(ToySuite.create().hash()).of(message(number))));
  }

  @Test
  void linkThatIsLost_hasItsRequestsAskedOfAnother() {
    establish(FIRST);
    establish(SECOND);
    service.received(FIRST, announce(1), NOW);
    service.received(SECOND, announce(1), NOW);
    assertThat(links.take(FIRST)).containsExactly(request(1));
    assertThat(links.take(SECOND)).isEmpty();

    service.linkClosed(FIRST, CloseReason.of(Cause.RESET), NOW);

    assertThat(links.take(SECOND)).containsExactly(request(1));
  }

  @Test
  void peerThatHasLeft_isNotWrittenToAnyMore() {
    establish(FIRST);
    establish(SECOND);
    service.linkClosed(FIRST, CloseReason.of(Cause.RESET), NOW);
    links.tried.clear();

    service.received(SECOND, gossip(1), NOW);
    service.publish(message(2), NOW);
    long later = NOW + Duration.ofSeconds(61).toNanos();
    service.timePassed(later);

    assertThat(links.tried).isNotEmpty().doesNotContain(FIRST);
    assertThat(service.counters().dropped()).isZero();
  }

  @Test
  void acceptedMessage_isNotAcceptedAgain_whoeverSendsIt() {
    establish(FIRST);
    establish(SECOND);

    service.received(FIRST, gossip(1), NOW);
    service.received(SECOND, gossip(1), NOW);
    service.received(FIRST, gossip(1), NOW);

    assertThat(application.delivered).containsExactly(message(1));
    assertThat(service.publish(message(1), NOW)).isInstanceOf(Verdict.Ignore.class);
    assertThat(service.counters().duplicates()).isEqualTo(2);
  }

  /** Keeps what is sent, and on which links that was tried, whether they still stand or not. */
  private static final class Outbox implements Links {
    private final Map<LinkId, List<WireMessage>> sent = new LinkedHashMap<>();
    private final List<LinkId> tried = new ArrayList<>();

    List<WireMessage> take(LinkId link) {
      List<WireMessage> all = sent.remove(link);
      return all == null ? List.of() : all;
    }

    @Override
    public void dial(PeerAddress address, DialWay way) {}

    @Override
    public boolean send(LinkId link, WireMessage message) {
      tried.add(link);
      sent.computeIfAbsent(link, _ -> new ArrayList<>()).add(message);
      return true;
    }

    @Override
    public boolean takesMore(LinkId link) {
      return true;
    }

    @Override
    public void close(LinkId link, CloseReason why) {}

    @Override
    public long lastHeardNanos(LinkId link) {
      return NOW;
    }

    @Override
    public long blockedSinceNanos(LinkId link) {
      return NOT_BLOCKED;
    }
  }

  /** Accepts everything. */
  private static final class Accepting implements GossipApplication {
    private final List<GossipMessage> delivered = new ArrayList<>();

    @Override
    public Verdict validate(Delivery candidate) {
      return new Verdict.Accept();
    }

    @Override
    public void deliver(Delivery accepted) {
      delivered.add(accepted.message());
    }
  }
}
