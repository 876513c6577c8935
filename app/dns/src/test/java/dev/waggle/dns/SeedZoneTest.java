package dev.waggle.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.dns.support.Answers;
import dev.waggle.dns.support.DnsServer;
import dev.waggle.dns.support.Records;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Master;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Type;

/** The zone as a file, read back by others and by a node. */
@Timeout(60)
class SeedZoneTest {
  static final SeedZone ZONE = new SeedZone("seed.example", "ns.example");

  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private static final List<SeedNode> NODES =
      Stream.of(
              "192.0.2.1:9000",
              "ab".repeat(32) + "@192.0.2.2:9000",
              "[2001:db8::1]:9000",
              "192.0.2.1:9001",
              "[2001:db8::2]:9001",
              "cd".repeat(32) + "@[2001:db8::3]:443")
          .map(SeedZoneTest::node)
          .toList();

  static SeedNode node(String text) {
    PeerAddress address = PeerAddress.parse(text);
    return new SeedNode(
        Objects.requireNonNull(IpEndpoint.of(address.endpoint())), address.pinned());
  }

  private static List<Record> records(String file) throws IOException {
    List<Record> records = new ArrayList<>();
    try (Master master =
        new Master(new ByteArrayInputStream(file.getBytes(StandardCharsets.US_ASCII)))) {
      for (Record next = master.nextRecord(); next != null; next = master.nextRecord()) {
        records.add(next);
      }
    }
    return records;
  }

  @Test
  void printedZone_leadsANodeToTheSameNodes() throws IOException {
    List<Record> records = records(ZONE.print(NODES, NOW));
    try (DnsServer server = DnsServer.start(new Answers(records))) {
      assertThat(
              new DnsSeedDirectory(List.of(server.endpoint()), Duration.ofSeconds(30))
                  .lookUp("seed.example"))
          .containsExactlyInAnyOrderElementsOf(NODES.stream().map(SeedNode::address).toList());
    }
  }

  @Test
  void printedZone_hasOneNameForAllNodesOfAPort() throws IOException {
    assertThat(records(ZONE.print(NODES, NOW)))
        .extracting(
            record ->
                Type.string(record.getType())
                    + " "
                    + record.getName()
                    + " "
                    + record.rdataToString())
        .containsExactly(
            "SOA seed.example. ns.example. hostmaster.seed.example. 1800000000 300 60 3600 60",
            "NS seed.example. ns.example.",
            "A seed.example. 192.0.2.1",
            "A seed.example. 192.0.2.2",
            "AAAA seed.example. 2001:db8:0:0:0:0:0:1",
            "AAAA p443.seed.example. 2001:db8:0:0:0:0:0:3",
            "A p9001.seed.example. 192.0.2.1",
            "AAAA p9001.seed.example. 2001:db8:0:0:0:0:0:2",
            "SRV _waggle._tcp.seed.example. 0 1 443 p443.seed.example.",
            "SRV _waggle._tcp.seed.example. 0 2 9001 p9001.seed.example.",
            "TXT seed.example. \"peerid=" + "ab".repeat(32) + "@192.0.2.2:9000\"",
            "TXT seed.example. \"peerid=" + "cd".repeat(32) + "@[2001:db8::3]:443\"");
  }

  @Test
  void nodeTwiceInTheList_isPrintedOnce() throws IOException {
    List<SeedNode> twice = List.of(node("192.0.2.1:9000"), node("192.0.2.1:9000"));
    assertThat(records(ZONE.print(twice, NOW))).hasSize(3);
  }

  @Test
  void moreNodesThanAMessageHolds_areNotPrinted() throws IOException {
    List<SeedNode> many =
        IntStream.range(0, 1_000)
            .mapToObj(
                i ->
                    node(
                        "%064x@[2001:db8:1234:5678:9abc:def0:1234:%x]:9000".formatted(i, i + 4096)))
            .toList();
    List<Record> records = records(ZONE.print(many, NOW));
    List<Record> texts = records.stream().filter(record -> record.getType() == Type.TXT).toList();
    assertThat(texts).hasSize(SeedZone.MAX_PRINTED);
    assertThat(
            new Answers(texts)
                .message(
                    org.xbill.DNS.Message.newQuery(
                        Record.newRecord(Records.name("seed.example."), Type.TXT, 1)))
                .toWire())
        .hasSizeLessThan(65_536);
  }

  @Test
  void serial_isUnsigned() {
    SOARecord soa = ZONE.soa(Instant.ofEpochSecond(0x1_0000_0001L));
    assertThat(soa.getSerial()).isEqualTo(1);
  }

  @Test
  void nameServerInsideTheZone_isRefused_asAreNamesThatAreNone() {
    assertThatThrownBy(() -> new SeedZone("seed.example", "ns.Seed.example."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("outside of the zone seed.example");
    assertThatThrownBy(() -> new SeedZone("seed..example", "ns.example"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'seed..example' is no name of the DNS");
    assertThatThrownBy(() -> new SeedZone("seed.example", "n s"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'n s' is no name of the DNS");
  }

  /** Debian's bind9-utils has it. */
  @Test
  void printedZone_isOneForBind(@TempDir Path folder) throws Exception {
    Path checker =
        Stream.of("/usr/bin", "/usr/sbin", "/usr/local/bin", "/usr/local/sbin", "/opt/homebrew/bin")
            .map(bin -> Path.of(bin, "named-checkzone"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(checker != null, "this machine has no named-checkzone (Debian: bind9-utils)");
    Path file = Files.writeString(folder.resolve("seed.zone"), ZONE.print(NODES, NOW));
    Process process =
        new ProcessBuilder(checker.toString(), "seed.example", file.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("loaded serial 1800000000").contains("OK");
  }
}
