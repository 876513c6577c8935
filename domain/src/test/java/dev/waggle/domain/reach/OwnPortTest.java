package dev.waggle.domain.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.punch.EndpointMapping;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.LinkId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What leaves from the listening port, and what is seen of it (PROTOCOL §9.9). */
class OwnPortTest extends ReachFixture {
  private DialWay way(String to, int others) {
    return reaching.ownPort().way(at(to), others, now);
  }

  /** A link from the listening port. */
  private LinkId fromOwnPort(int peer) {
    return link(peer, Direction.OUTBOUND, "30." + peer + ".1.1:9000", "10.0.0.5:" + PORT, FEATURES);
  }

  @ParameterizedTest
  @CsvSource({
    // Where it listens, whether the network reaches that, whom it dials, what else leaves so.
    "0.0.0.0, false, 30.1.1.1:9000, 0, OWN_PORT",
    "0.0.0.0, false, 30.1.1.1:9000, 1, OWN_PORT",
    "0.0.0.0, false, 30.1.1.1:9000, 2, ANY_PORT",
    "0.0.0.0, false, '[2a00:1::1]:9000', 0, ANY_PORT",
    "'::', false, '[2a00:1::1]:9000', 0, OWN_PORT",
    "'::', false, 30.1.1.1:9000, 0, OWN_PORT",
    "10.0.0.5, false, 30.1.1.1:9000, 0, OWN_PORT",
    "10.0.0.5, false, '[2a00:1::1]:9000', 0, ANY_PORT",
    "20.1.1.1, true, 30.1.1.1:9000, 0, ANY_PORT",
    "20.1.1.1, false, 30.1.1.1:9000, 0, ANY_PORT",
  })
  void way(String listening, boolean reached, String to, int others, DialWay expected) {
    start(listening, reached);
    assertThat(way(to, others)).isEqualTo(expected);
  }

  @Test
  void nodeThatNothingStandsBefore_orThatListensNowhere_dialsFromAnyPort() {
    assertThat(way("30.1.1.1:9000", 0)).isEqualTo(DialWay.ANY_PORT);
    reaching = reaching(ReachSettings.DIRECT);
    start();
    assertThat(way("30.1.1.1:9000", 0)).isEqualTo(DialWay.ANY_PORT);
  }

  @Test
  void addressThatIsSeenUnchanged_needsNoOwnPort() {
    start("::", false);
    LinkId link = outbound(1);
    assertThat(way("30.2.1.1:9000", 0)).isEqualTo(DialWay.OWN_PORT);
    sees(link, "10.0.0.5:40000"); // The private network of a test would not have it otherwise.
    assertThat(way("30.2.1.1:9000", 0)).isEqualTo(DialWay.ANY_PORT);
    assertThat(way("[2a00:1::1]:9000", 0)).isEqualTo(DialWay.OWN_PORT);
  }

  @Test
  void notMoreThanSoManyAddresses_areDialledSo_withinADay() {
    start();
    for (int i = 0; i < OwnPort.MAX_CHOSEN; i++) {
      assertThat(way("31." + i + ".1.1:9000", 0)).isEqualTo(DialWay.OWN_PORT);
    }
    assertThat(way("32.1.1.1:9000", 0)).isEqualTo(DialWay.ANY_PORT);
    assertThat(way("31.5.1.1:9001", 0)).isEqualTo(DialWay.OWN_PORT);
    now += Duration.ofHours(24).toNanos();
    assertThat(way("32.1.1.1:9000", 0)).isEqualTo(DialWay.OWN_PORT);
  }

  @Test
  void twoGroupsThatSeeTheSame_sayWhereOthersWill() {
    start();
    LinkId first = fromOwnPort(1);
    LinkId second = fromOwnPort(2);
    sees(outbound(3), "20.1.1.1:7777"); // From elsewhere.
    sees(outbound(4), "20.1.1.1:7777");
    sees(first, "20.1.1.1:5000");
    OwnPort view = reaching.ownPort();
    assertThat(view.mapping(true)).isEqualTo(EndpointMapping.UNKNOWN);
    assertThat(view.forPunching(true)).isNull();
    sees(second, "20.1.1.1:5000");
    assertThat(view.mapping(true)).isEqualTo(EndpointMapping.INDEPENDENT);
    assertThat(view.forPunching(true)).isEqualTo(at("20.1.1.1:5000"));
    assertThat(view.mapping(false)).isEqualTo(EndpointMapping.UNKNOWN);
    assertThat(view.forPunching(false)).isNull();

    unlink(first);
    assertThat(view.forPunching(true)).isEqualTo(at("20.1.1.1:5000"));
    unlink(second);
    assertThat(view.forPunching(true)).isNull(); // The router may have forgotten it.
    assertThat(view.mapping(true)).isEqualTo(EndpointMapping.INDEPENDENT);
  }

  @Test
  void onePeerAlone_howeverOftenItSaysSo_isNotBelieved() {
    start();
    sees(fromOwnPort(1), "20.1.1.1:5000");
    sees(fromOwnPort(1), "20.1.1.1:5000");
    assertThat(reaching.ownPort().mapping(true)).isEqualTo(EndpointMapping.UNKNOWN);
  }

  @Test
  void groupsThatSeeDifferentEndpoints_tellOfARouterThatDependsOnTheAddress() {
    start();
    sees(fromOwnPort(1), "20.1.1.1:5000");
    sees(fromOwnPort(2), "20.1.1.1:5001");
    assertThat(reaching.ownPort().mapping(true)).isEqualTo(EndpointMapping.DEPENDENT);
    assertThat(reaching.ownPort().forPunching(true)).isNull();
    sees(fromOwnPort(3), "20.1.1.1:5000"); // So one of them has lied.
    assertThat(reaching.ownPort().forPunching(true)).isEqualTo(at("20.1.1.1:5000"));
  }

  @Test
  void routerThatHasAnotherAddress_isBelievedAfterTwoWords() {
    start();
    sees(fromOwnPort(1), "20.1.1.1:5000");
    sees(fromOwnPort(2), "20.1.1.1:5000");
    sees(fromOwnPort(3), "20.2.2.2:6000");
    assertThat(reaching.ownPort().forPunching(true)).isEqualTo(at("20.1.1.1:5000"));
    sees(fromOwnPort(4), "20.2.2.2:6000");
    assertThat(reaching.ownPort().forPunching(true)).isEqualTo(at("20.2.2.2:6000"));
  }

  @Test
  void whoeverWasDialledFromThere_isNoWitnessForADay() {
    start();
    OwnPort port = reaching.ownPort();
    IpEndpoint chosen = at("30.1.1.1:9000");
    IpEndpoint punched = at("30.2.1.1:9000");
    assertThat(port.isUntouched(chosen, now)).isTrue();
    assertThat(way("30.1.1.1:9000", 0)).isEqualTo(DialWay.OWN_PORT);
    port.punches(punched, now);
    assertThat(port.isUntouched(at("30.1.1.1:80"), now)).isFalse();
    assertThat(port.isUntouched(punched, now)).isFalse();
    assertThat(port.isUntouched(at("30.3.1.1:9000"), now)).isTrue();

    LinkId link = fromOwnPort(1);
    now += Duration.ofHours(30).toNanos();
    assertThat(port.isUntouched(punched, now)).isTrue();
    assertThat(port.isUntouched(chosen, now)).isFalse(); // It is linked.
    unlink(link);
    assertThat(way("30.1.1.1:9000", 0)).isEqualTo(DialWay.OWN_PORT);
    now += Duration.ofHours(23).toNanos();
    assertThat(port.isUntouched(chosen, now)).isFalse();
    now += Duration.ofHours(2).toNanos();
    assertThat(port.isUntouched(chosen, now)).isTrue();
  }

  @Test
  void onNetworksOfOnesOwn_portsOfOneMachineAreDifferentPeers() {
    start();
    reaching.ownPort().punches(at("127.0.0.1:9001"), now);
    assertThat(reaching.ownPort().isUntouched(at("127.0.0.1:9001"), now)).isFalse();
    assertThat(reaching.ownPort().isUntouched(at("127.0.0.1:9002"), now)).isTrue();
  }

  @Test
  void punches_areRememberedUpToABound() {
    start();
    for (int i = 0; i <= OwnPort.MAX_PUNCHED; i++) {
      reaching.ownPort().punches(at("31." + i / 256 + "." + i % 256 + ".1:9000"), now);
    }
    assertThat(reaching.ownPort().isUntouched(at("31.0.0.1:9000"), now)).isTrue();
    assertThat(reaching.ownPort().isUntouched(at("31.0.1.1:9000"), now)).isFalse();
  }
}
