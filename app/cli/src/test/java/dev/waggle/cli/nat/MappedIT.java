package dev.waggle.cli.nat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Nodes behind a real router's daemon, which lets others through to who asks for it. */
@Tag("nat")
class MappedIT {
  @TempDir Path dir;

  private final List<AutoCloseable> closed = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // before each test
  private Lab lab;

  @SuppressWarnings("NullAway.Init") // before each test
  private LabNode stranger;

  @BeforeEach
  void open() throws Exception {
    Requirements.demand();
    lab = Lab.open(dir);
    closed.addFirst(lab);
    stranger = started(LabNode.startAt("[::]:" + LabNode.PORT, lab.host(NatKind.PUBLIC), dir));
  }

  private LabNode started(LabNode node) {
    closed.addFirst(node);
    return node;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : closed) {
      each.close();
    }
  }

  @Test
  void nodeIsDialledByItsMappedPort_inEachProtocol_untilItEnds() throws Exception {
    List<LabNode> nodes = new ArrayList<>();
    List<String> protocols = List.of("pcp", "natpmp", "upnp");
    for (String protocol : protocols) {
      nodes.add(started(LabNode.start(lab.host(NatKind.MINIUPNPD), dir, "--nat", protocol)));
    }
    for (LabNode node : nodes) {
      JsonNode mapped = node.process().await("mapped");
      String address = mapped.get("address").asString();
      assertThat(mapped.get("method").asString()).isEqualTo(protocols.get(nodes.indexOf(node)));
      assertThat(mapped.get("router").asString()).isEqualTo("192.168.1.1");
      assertThat(address).isEqualTo(node.host().outside() + ":" + LabNode.PORT);
      assertThat(openPorts(node)).contains("dnat");

      JsonNode answer = stranger.connect(node.process().peerId() + "@" + address);
      assertThat(answer.get("linked").asBoolean()).as("%s", answer).isTrue();
      assertThat(node.awaitLink(stranger).get("direction").asString()).isEqualTo("inbound");
    }
    nodes.forEach(node -> node.process().process().terminate());
    for (LabNode node : nodes) {
      assertThat(node.process().process().awaitExit()).isZero();
      assertThat(openPorts(node)).doesNotContain("dnat");
    }
  }

  /** The router has no address for it, but a firewall. */
  @Test
  void nodeIsDialledByIpv6_throughAPinhole() throws Exception {
    Host host = lab.host(NatKind.MINIUPNPD);
    LabNode node = started(LabNode.startAt("[::]:" + LabNode.PORT, host, dir, "--nat", "pcp"));
    String address = "[" + host.ipv6() + "]:" + LabNode.PORT;
    JsonNode mapped =
        node.process().await("mapped", event -> event.get("address").asString().startsWith("["));
    assertThat(mapped.get("address").asString()).isEqualTo(address);
    JsonNode answer = stranger.connect(node.process().peerId() + "@" + address);
    assertThat(answer.get("linked").asBoolean()).as("%s", answer).isTrue();
  }

  private static String openPorts(LabNode node) throws Exception {
    Namespace router = node.host().routers().getFirst();
    return router.run("", "nft", "list chain inet filter prerouting_miniupnpd");
  }
}
