package dev.waggle.domain.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.gossip.DuplicateFilter;
import dev.waggle.domain.handshake.VerifiedPeers;
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
import dev.waggle.ports.node.Extension;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.Links;
import dev.waggle.ports.node.PeerDirectory;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which links an extension hears of, and may use (PROTOCOL §7.4). */
final class ExtensionsTest {
  private static final int FEATURE = 0xFF01;
  private static final int ANOTHER = 0xFF02;
  private static final LinkId LINK = new LinkId(1);
  private static final Bytes BODY = Bytes.ofHex("aabb");
  private static final WireMessage.Extension MESSAGE = new WireMessage.Extension(FEATURE, BODY);

  private final SeededRandom random = new SeededRandom(1);
  private final PeerIdentity self = ToySuite.identity(random);
  private final PeerIdentity peer = ToySuite.identity(random);
  private final SentMessages links = new SentMessages();
  private final Recording extension = new Recording(FEATURE);
  private final Recording other = new Recording(ANOTHER);
  private final P2PService service = service(List.of(extension, other));

  private P2PService service(List<Extension> extensions) {
    return new P2PService(
        P2PSettings.defaults(List.of()),
        self.peerId(),
        PeerMemory.NOTHING,
        links,
        PeerDirectory.NONE,
        new Indifferent(),
        PeerObserver.NONE,
        CatchUpObserver.NONE,
        random,
        ToySuite.create().hash(),
        DuplicateFilter.NONE,
        _ -> {},
        Notary.NONE,
        extensions);
  }

  @Test
  void onlyTheExtensionsInForce_hearOfALink() {
    establish(LINK, FEATURE);
    service.received(LINK, MESSAGE, 0);
    service.linkClosed(LINK, CloseReason.of(CloseReason.Cause.RESET), 0);

    assertThat(extension.heard).containsExactly("linked 1", "received 1 aabb", "unlinked 1");
    assertThat(other.heard).isEmpty();
  }

  @Test
  void linkWithoutFeatures_isHeardOfByNone() {
    establish(LINK);
    service.linkClosed(LINK, CloseReason.of(CloseReason.Cause.RESET), 0);

    assertThat(extension.heard).isEmpty();
  }

  @Test
  void message_isSentWhereTheFeatureIsInForce() {
    establish(LINK, FEATURE);

    assertThat(service.extend(LINK, MESSAGE)).isTrue();
    assertThat(service.extend(LINK, new WireMessage.Extension(ANOTHER, BODY))).isFalse();
    assertThat(service.extend(new LinkId(2), MESSAGE)).isFalse();

    assertThat(links.sent).containsExactly(MESSAGE);
  }

  @Test
  void messageOfAFeatureThatIsNotInForce_isNotHeard() {
    establish(LINK, FEATURE);
    service.received(LINK, new WireMessage.Extension(ANOTHER, BODY), 0);

    assertThat(other.heard).isEmpty();
  }

  @Test
  void linkThatIsTurnedAway_isNotHeardOf() {
    service.stop(0);
    establish(LINK, FEATURE);

    assertThat(extension.heard).isEmpty();
    assertThat(service.extend(LINK, MESSAGE)).isFalse();
  }

  @Test
  void nothingIsSentBehindAGoodbye() {
    establish(LINK, FEATURE);
    service.stop(0);

    assertThat(service.extend(LINK, MESSAGE)).isFalse();
    assertThat(links.sent).containsExactly(new WireMessage.Goodbye(GoodbyeReason.SHUTDOWN));
  }

  @Test
  void linkThatHasGone_isForgotten() {
    establish(LINK, FEATURE);
    service.linkClosed(LINK, CloseReason.of(CloseReason.Cause.RESET), 0);

    assertThat(service.extend(LINK, MESSAGE)).isFalse();
    service.received(LINK, MESSAGE, 0);
    service.linkClosed(LINK, CloseReason.of(CloseReason.Cause.RESET), 0);
    assertThat(extension.heard).containsExactly("linked 1", "unlinked 1");
  }

  @Test
  void twoExtensionsOfOneFeature_areRefused() {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> service(List.of(extension, new Recording(FEATURE))));
  }

  private void establish(LinkId link, Integer... features) {
    PeerInfo info =
        new PeerInfo(
            peer.peerId(),
            new Endpoint("10.0.0.1", 1),
            new Endpoint("10.0.0.2", 9),
            Direction.INBOUND,
            "toy",
            "bincode",
            List.of(features));
    service.linkEstablished(link, VerifiedPeers.of(peer), info, null, 0);
  }

  /** Remembers what it hears. */
  private static final class Recording implements Extension {
    private final int feature;
    private final List<String> heard = new ArrayList<>();

    private Recording(int feature) {
      this.feature = feature;
    }

    @Override
    public int feature() {
      return feature;
    }

    @Override
    public void linked(LinkId link, PeerInfo info) {
      heard.add("linked " + link.value());
    }

    @Override
    public void received(LinkId link, Bytes body) {
      heard.add("received " + link.value() + " " + body.hex());
    }

    @Override
    public void unlinked(LinkId link) {
      heard.add("unlinked " + link.value());
    }
  }

  /** Links that take everything. */
  private static final class SentMessages implements Links {
    private final List<WireMessage> sent = new ArrayList<>();

    @Override
    public void dial(PeerAddress address, DialWay way) {}

    @Override
    public boolean send(LinkId link, WireMessage message) {
      return sent.add(message);
    }

    @Override
    public long blockedSinceNanos(LinkId link) {
      return NOT_BLOCKED;
    }

    @Override
    public boolean takesMore(LinkId link) {
      return true;
    }

    @Override
    public void close(LinkId link, CloseReason why) {}

    @Override
    public long lastHeardNanos(LinkId link) {
      return 0;
    }
  }

  private static final class Indifferent implements GossipApplication {
    @Override
    public Verdict validate(Delivery candidate) {
      return new Verdict.Ignore("nothing is published here");
    }

    @Override
    public void deliver(Delivery accepted) {}
  }
}
