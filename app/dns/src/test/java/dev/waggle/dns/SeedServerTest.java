package dev.waggle.dns;

import static dev.waggle.dns.SeedZoneTest.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.dns.support.Answers;
import dev.waggle.dns.support.Records;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.IpSubnet;
import dev.waggle.ports.PeerAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The server over real sockets, on loopback. */
@Timeout(60)
class SeedServerTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static final List<SeedNode> NODES =
      List.of(
          node("ab".repeat(32) + "@192.0.2.1:9000"),
          node("[2001:db8::1]:9000"),
          node("192.0.2.2:9001"));

  private SeedServer server;
  private final List<Socket> sockets = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    server = SeedServer.start(SeedZoneTest.ZONE, ANY_PORT, () -> NODES);
  }

  @AfterEach
  void close() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  private static Message query() {
    return Message.newQuery(Record.newRecord(Records.name("seed.example."), Type.A, DClass.IN));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.connect(server.address());
    return socket;
  }

  /** The answer, or null if the server closed the connection instead. */
  private static Message ask(Socket socket) throws IOException {
    try {
      socket.getOutputStream().write(Answers.framed(query().toWire()));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] answer = new byte[in.readUnsignedShort()];
      in.readFully(answer);
      return new Message(answer);
    } catch (IOException e) {
      return null;
    }
  }

  private static boolean isClosed(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return true; // A reset.
    }
  }

  private Message askOverUdp() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(ANY_PORT)) {
      socket.connect(server.address());
      byte[] query = query().toWire();
      socket.send(new DatagramPacket(query, query.length));
      DatagramPacket answer = new DatagramPacket(new byte[1500], 1500);
      socket.receive(answer);
      return new Message(Arrays.copyOf(answer.getData(), answer.getLength()));
    }
  }

  private List<PeerAddress> lookUp() throws IOException {
    IpEndpoint resolver =
        new IpEndpoint(
            Objects.requireNonNull(
                IpAddress.ofLiteral(server.address().getAddress().getHostAddress())),
            server.address().getPort());
    return new DnsSeedDirectory(List.of(resolver), Duration.ofSeconds(30)).lookUp("seed.example");
  }

  @Test
  void nodeThatAsks_findsAllNodes() throws IOException {
    assertThat(lookUp())
        .containsExactlyInAnyOrderElementsOf(NODES.stream().map(SeedNode::address).toList());
  }

  @Test
  void nodeThatAsks_findsMorePinsThanUdpHolds() throws IOException {
    server.close();
    List<SeedNode> pinned =
        IntStream.range(0, 20)
            .mapToObj(i -> node("%064x@192.0.2.%d:9000".formatted(i, i)))
            .toList();
    server = SeedServer.start(SeedZoneTest.ZONE, ANY_PORT, () -> pinned);
    assertThat(lookUp())
        .containsExactlyInAnyOrderElementsOf(pinned.stream().map(SeedNode::address).toList());
  }

  @Test
  void connection_takesSixteenQueries() throws IOException {
    Socket socket = connect();
    for (int i = 0; i < SeedServer.MAX_QUERIES; i++) {
      assertThat(ask(socket).getSection(Section.ANSWER)).hasSize(1);
    }
    assertThat(ask(socket)).isNull();
  }

  @Test
  void ninthConnectionOfANetwork_isClosed_untilAnotherEnds() throws IOException {
    List<Socket> open = new ArrayList<>();
    for (int i = 0; i < SeedServer.MAX_CONNECTIONS_OF_PREFIX; i++) {
      open.add(connect());
      assertThat(ask(open.getLast())).isNotNull();
    }
    assertThat(isClosed(connect())).isTrue();
    assertThat(ask(open.getFirst())).isNotNull();

    open.getFirst().shutdownOutput();
    assertThat(isClosed(open.getFirst())).isTrue();
    assertThat(ask(connect())).isNotNull();
  }

  @Test
  void slots_areLimitedInAll_andGivenBack() {
    ConnectionSlots slots = new ConnectionSlots(3, 2);
    IpSubnet first = IpSubnet.parse("192.0.2.0/24");
    IpSubnet second = IpSubnet.parse("192.0.3.0/24");
    assertThat(slots.take(first)).isTrue();
    assertThat(slots.take(first)).isTrue();
    assertThat(slots.take(first)).isFalse();
    assertThat(slots.take(second)).isTrue();
    assertThat(slots.take(second)).isFalse();
    slots.giveBack(first);
    assertThat(slots.take(second)).isTrue();
    slots.giveBack(second);
    slots.giveBack(second);
    slots.giveBack(first);
    assertThat(slots.take(first)).isTrue();
  }

  private void restart(Duration query, Duration connection) throws IOException {
    server.close();
    server =
        SeedServer.start(
            SeedZoneTest.ZONE, ANY_PORT, () -> NODES, new SeedServer.Patience(query, connection));
  }

  @Test
  void connectionWithoutAWholeQuery_isClosedInTime() throws IOException {
    restart(Duration.ofMillis(100), Duration.ofDays(1));
    Socket idle = connect();
    Socket half = connect();
    half.getOutputStream().write(new byte[] {0, 30, 1});
    assertThat(isClosed(idle)).isTrue();
    assertThat(isClosed(half)).isTrue();
  }

  @Test
  void connection_endsInTime_whateverComesOverIt() throws IOException {
    restart(Duration.ofDays(1), Duration.ofMillis(100));
    assertThat(isClosed(connect())).isTrue();
  }

  @Test
  void garbageOverTcp_closesThatConnectionOnly() throws IOException {
    for (byte[] bytes :
        List.of(
            new byte[] {0, 0},
            new byte[] {0, 3, 1, 2, 3},
            new byte[] {-1, -1},
            "GET / HTTP/1.1\r\n\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII))) {
      Socket socket = connect();
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      assertThat(isClosed(socket)).isTrue();
    }
    assertThat(ask(connect())).isNotNull();
  }

  @Test
  void garbageOverUdp_isSurvived() throws IOException {
    try (DatagramSocket socket = new DatagramSocket(ANY_PORT)) {
      socket.connect(server.address());
      for (int length : List.of(0, 1, 11, 12, 1_500, 8_000)) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0x3F);
        socket.send(new DatagramPacket(bytes, length));
      }
      // An answer to a datagram of ours means that it has seen those before.
      assertThat(askOverUdp().getSection(Section.ANSWER)).hasSize(1);
    }
    assertThat(ask(connect())).isNotNull();
  }

  @Test
  void networkThatAsksTooMuch_isSentToTcp() throws IOException {
    for (int i = 0; i < 10_000; i++) {
      if (askOverUdp().getHeader().getFlag(Flags.TC)) {
        assertThat(i).isGreaterThanOrEqualTo(PrefixRateLimit.BURST);
        assertThat(lookUp()).hasSize(NODES.size());
        return;
      }
    }
    throw new AssertionError("10,000 queries and no limit");
  }

  @Test
  void close_endsConnectionsThatWait_andTheServer() throws Exception {
    Socket idle = connect();
    assertThat(ask(idle)).isNotNull();
    long before = System.nanoTime();
    server.close();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    assertThat(isClosed(idle)).isTrue();
    assertThatThrownBy(this::connect).isInstanceOf(IOException.class);
    server.ended().toCompletableFuture().get(10, TimeUnit.SECONDS);
    server.close(); // Once more changes nothing.
  }

  @Test
  void addressInUse_failsInWords() {
    assertThatThrownBy(() -> SeedServer.start(SeedZoneTest.ZONE, server.address(), () -> NODES))
        .isExactlyInstanceOf(IOException.class)
        .hasMessageStartingWith("cannot serve DNS at ")
        .hasMessageContaining("port " + server.address().getPort());
  }

  @Test
  void errorInALoop_endsTheServer() throws Exception {
    server.close();
    server =
        SeedServer.start(
            SeedZoneTest.ZONE,
            ANY_PORT,
            () -> {
              throw new OutOfMemoryError("not really");
            });
    try (DatagramSocket socket = new DatagramSocket(ANY_PORT)) {
      byte[] query = query().toWire();
      socket.send(new DatagramPacket(query, query.length, server.address()));
    }
    assertThatThrownBy(() -> server.ended().toCompletableFuture().get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(OutOfMemoryError.class);
    assertThatThrownBy(
            () -> {
              while (true) {
                connect().close();
              }
            })
        .isInstanceOf(IOException.class);
  }
}
