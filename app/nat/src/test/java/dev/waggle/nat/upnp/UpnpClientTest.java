package dev.waggle.nat.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.nat.router.Gateway;
import dev.waggle.nat.router.Outcome;
import dev.waggle.nat.router.Stop;
import dev.waggle.nat.support.HttpRouter;
import dev.waggle.nat.support.Recorded;
import dev.waggle.nat.support.UdpRouter;
import dev.waggle.nat.support.UpnpRouter;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpnpClientTest {
  private final Stop stop = new Stop();
  private UpnpRouter router;
  private UpnpClient client;

  @BeforeEach
  void start() throws IOException {
    router = new UpnpRouter();
    client = client(router.ssdp());
  }

  @AfterEach
  void close() throws IOException {
    router.close();
  }

  private UpnpClient client(UdpRouter ssdp) {
    return new UpnpClient(UdpRouter.gateway(), ssdp.address(), 30303, stop);
  }

  private static Outcome granted(int port) {
    return new Outcome.Granted(
        Objects.requireNonNull(IpEndpoint.of(new Endpoint("203.0.113.7", port))),
        Duration.ofHours(1));
  }

  @Test
  void mapping_isAdded_renewed_andRemoved() {
    assertThat(client.map()).isEqualTo(granted(30303));
    assertThat(client.isUnchanged()).isTrue();
    assertThat(client.map()).isEqualTo(granted(30303));
    assertThat(router.mappings()).isEqualTo(Map.of(30303, "127.0.0.1:30303"));
    assertThat(router.leases()).containsExactly("3600", "3600");
    assertThat(router.ssdp().questions()).hasSizeLessThanOrEqualTo(2);
    client.remove(Duration.ofSeconds(10));
    assertThat(router.mappings()).isEmpty();
  }

  @Test
  void routerWithoutLeases_isAskedForAPermanentOne_whichIsRemovedAllTheSame() {
    router.permanentOnly();
    assertThat(client.map()).isEqualTo(granted(30303));
    assertThat(client.map()).isEqualTo(granted(30303));
    assertThat(router.leases()).containsExactly("3600", "0", "0");
    client.remove(Duration.ofSeconds(10));
    assertThat(router.mappings()).isEmpty();
  }

  @Test
  void portOfAnother_isLeftToIt() {
    router.map(30303, "127.0.0.2:30303");
    assertThat(client.map())
        .isInstanceOfSatisfying(
            Outcome.Granted.class,
            granted -> {
              assertThat(granted.external().port()).isNotEqualTo(30303).isGreaterThan(1023);
              assertThat(router.mappings())
                  .containsEntry(granted.external().port(), "127.0.0.1:30303");
            });
    client.remove(Duration.ofSeconds(10));
    assertThat(router.mappings()).isEqualTo(Map.of(30303, "127.0.0.2:30303"));
  }

  @Test
  void routerWhosePortsAreAllInUse_isNotAskedForEver() {
    router.error(718);
    assertThat(client.map()).isEqualTo(new Outcome.Refused("has each of 4 ports in use"));
    assertThat(router.leases()).hasSize(UpnpClient.MAX_PORTS);
  }

  @Test
  void refusal_hasWords_andLeavesNothingToRemove() {
    router.error(606);
    assertThat(client.map()).isEqualTo(new Outcome.Refused("does not allow it (606)"));
    router.map(30303, "127.0.0.2:30303");
    client.remove(Duration.ofSeconds(10));
    assertThat(router.mappings()).hasSize(1);
  }

  @Test
  void forgottenMapping_andAnotherAddress_areNoticed() {
    client.map();
    router.forget();
    assertThat(client.isUnchanged()).isFalse();
    client.map();
    assertThat(client.isUnchanged()).isTrue();
    router.external("203.0.113.8");
    assertThat(client.isUnchanged()).isFalse();
    router.external("203.0.113.7");
    router.map(30303, "127.0.0.2:30303");
    assertThat(client.isUnchanged()).isFalse();
  }

  @Test
  void restartedRouter_isFoundWhereItIsNow() throws IOException {
    client.map();
    try (UpnpRouter restarted = new UpnpRouter()) {
      router.stopServing();
      router.ssdp().behave(restarted.description());
      assertThat(client.map()).isEqualTo(granted(30303));
      assertThat(restarted.mappings()).hasSize(1);
    }
  }

  @Test
  void externalAddressThatNobodyCanDial_isNone() {
    for (String nonsense : List.of("0.0.0.0", "127.0.0.1")) {
      router.external(nonsense);
      assertThat(client.map())
          .isEqualTo(new Outcome.Refused("maps to " + nonsense + ", which nobody can dial"));
    }
    for (String nonsense : List.of("", "router.example.org", "1.2.3.4.5")) {
      router.external(nonsense);
      assertThat(client.map()).isEqualTo(new Outcome.Refused("does not say its external address"));
    }
    assertThat(router.mappings()).isEmpty();
  }

  @Test
  void recordedRouter_isUnderstood() throws IOException {
    try (HttpRouter http =
            new HttpRouter(
                (request, out) -> {
                  String name =
                      request.startsWith("GET /rootDesc.xml ")
                          ? "description"
                          : request.contains("#AddPortMapping\"")
                              ? "soap-add"
                              : request.contains("#GetExternalIPAddress\"")
                                  ? "soap-external"
                                  : "soap-unknown";
                  out.write(Recorded.answer(name));
                });
        UdpRouter ssdp = new UdpRouter(question -> List.of(location(http.port())))) {
      assertThat(client(ssdp).map())
          .isInstanceOfSatisfying(
              Outcome.Granted.class,
              granted -> assertThat(granted.external()).hasToString("11.22.33.1:30303"));
    }
  }

  @Test
  void recordedConflict_isAConflict() throws IOException {
    try (HttpRouter http =
            new HttpRouter(
                (request, out) ->
                    out.write(
                        Recorded.answer(
                            request.startsWith("GET ") ? "description" : "soap-conflict")));
        UdpRouter ssdp = new UdpRouter(question -> List.of(location(http.port())))) {
      assertThat(client(ssdp).map()).isEqualTo(new Outcome.Refused("has each of 4 ports in use"));
    }
  }

  private static byte[] location(int port) {
    return new String(Recorded.answer("ssdp"), StandardCharsets.US_ASCII)
        .replace("192.168.77.1:5555", "127.0.0.1:" + port)
        .getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void descriptionElsewhere_orOfSomethingElse_isNoRouter() throws IOException {
    try (HttpRouter http = new HttpRouter((request, out) -> out.write(HttpRouter.answer(302, "")));
        UdpRouter ssdp = new UdpRouter(question -> List.of(location(http.port())))) {
      assertThat(client(ssdp).map()).isEqualTo(new Outcome.Refused("has no description: HTTP 302"));
    }
    try (HttpRouter http =
            new HttpRouter((request, out) -> out.write(HttpRouter.answer(200, "<a/>")));
        UdpRouter ssdp = new UdpRouter(question -> List.of(location(http.port())))) {
      assertThat(client(ssdp).map())
          .isEqualTo(new Outcome.Refused("describes nothing that maps ports"));
    }
  }

  @Test
  void stop_endsTheSearch() throws Exception {
    router.ssdp().behave(question -> List.of());
    CompletableFuture<Outcome> outcome = CompletableFuture.supplyAsync(client::map);
    assertThat(router.ssdp().questions().poll(30, TimeUnit.SECONDS)).isNotNull();
    stop.stop();
    assertThat(outcome.get(30, TimeUnit.SECONDS)).isInstanceOf(Outcome.Silent.class);
    assertThat(router.ssdp().questions()).hasSizeLessThan(2); // The first round of two.
  }

  @Test
  void gatewayOfIpv6_isNotForIt() {
    Gateway ipv6 = new Gateway(InetAddress.ofLiteral("::1"), InetAddress.ofLiteral("::1"));
    assertThatThrownBy(() -> new UpnpClient(ipv6, router.ssdp().address(), 30303, stop))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
