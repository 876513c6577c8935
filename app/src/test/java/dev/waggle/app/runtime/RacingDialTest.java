package dev.waggle.app.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.handshake.NetworkId;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.netty.NettyIo;
import dev.waggle.netty.NettyTransport;
import dev.waggle.nio.NioTransport;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.node.NameService;
import dev.waggle.ports.testkit.crypto.SeededRandom;
import dev.waggle.ports.testkit.crypto.ToySuite;
import dev.waggle.ports.testkit.transport.OpenFiles;
import dev.waggle.ports.testkit.transport.RawPeers;
import dev.waggle.ports.testkit.transport.SocketPeers;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.Transport;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Dials over real sockets, with each transport. All addresses are those of this machine: somebody
 * listens at 127.0.0.1, at others nobody does, or somebody who never answers.
 */
@ParameterizedClass
@EnumSource
@Timeout(120)
class RacingDialTest {
  enum Over {
    NETTY {
      @Override
      Transport transport() {
        return new NettyTransport(NettyIo.AUTO, 2);
      }
    },
    NIO {
      @Override
      Transport transport() {
        return new NioTransport(2);
      }
    };

    abstract Transport transport();
  }

  private static final String LISTENING = "127.0.0.1";
  private static final Endpoint SEVERAL = new Endpoint("several.example", 0);

  /** Long enough to be spent by no test that passes. */
  private static final Duration ENOUGH = Duration.ofSeconds(60);

  private static final Duration SOON = Duration.ofMillis(600);

  @Parameter private Over over;

  private final BlockingQueue<Error> errors = new LinkedBlockingQueue<>();
  private final LinkServices services = TestServices.create(errors::add);
  private final List<AutoCloseable> toClose = new ArrayList<>();
  private final BlockingQueue<RacingDial> ended = new LinkedBlockingQueue<>();
  private final Owner owner = new Owner();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
    services.close();
    assertThat(errors).isEmpty();
    assertThat(owner.closed).as("told besides what the test has taken").isEmpty();
  }

  // ---- who is reached

  @Test
  void addressThatNobodyAnswers_doesNotHoldUpTheNext() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    blackHole(2, listening);

    dial(watched(), names(nobody(2), LISTENING), listening, ENOUGH);

    assertOffered(listening);
  }

  @Test
  void addressThatRefuses_doesNotHoldUpTheNext() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);

    dial(watched(), names(nobody(2), nobody(3), LISTENING), listening, ENOUGH);

    assertOffered(listening);
  }

  @Test
  void families_takeTurns() throws Exception {
    assumeTrue(SocketPeers.isHere("::1"), "this machine has no IPv6 loopback");
    ServerSocket listening = listening("::1", 0);

    dial(watched(), names(nobodies(8, "::1")), listening, ENOUGH);

    assertOffered(listening);
  }

  @Test
  void lastAddressWithinTheBound_isTried() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);

    dial(watched(), names(nobodies(7, LISTENING)), listening, ENOUGH);

    assertOffered(listening);
  }

  @Test
  void firstAddressBeyondTheBound_isNotTried() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    WatchedTransport transport = watched();

    dial(transport, names(nobodies(8, LISTENING)), listening, ENOUGH);

    assertThat(owner.told().cause()).isEqualTo(Cause.REFUSED);
    assertThat(transport.dialled()).hasSize(8);
  }

  @Test
  void nameWithThousandsOfAddresses_takesNoMoreDialsThanAnother() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    WatchedTransport transport = watched();
    Stream<String> thousands =
        IntStream.range(0, 5_000).mapToObj(i -> "127.1." + i / 250 + "." + (1 + i % 250));
    assumeTrue(SocketPeers.isHere("127.1.0.1"), "this machine has no 127.1.0.1");

    dial(transport, names(thousands.toArray(String[]::new)), listening, ENOUGH);

    assertThat(owner.told().cause()).isEqualTo(Cause.REFUSED);
    assertThat(transport.dialled()).hasSize(8);
  }

  @Test
  void addressThatTheNameServerRepeats_countsOnce() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    WatchedTransport transport = watched();
    Stream<String> repeated = Stream.generate(() -> nobody(2)).limit(100);
    String[] found = Stream.concat(repeated, Stream.of(LISTENING)).toArray(String[]::new);

    dial(transport, names(found), listening, ENOUGH);

    assertOffered(listening);
    assertThat(transport.dialled()).hasSize(2);
  }

  @Test
  void literal_isDialledWithoutALookUp() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);

    NameResolver names =
        resolver(
            name -> {
              throw new AssertionError(name + " is looked up");
            });
    Endpoint literal = new Endpoint(LISTENING, listening.getLocalPort());
    racing(watched(), ENOUGH).begin(literal, names);

    assertOffered(listening);
  }

  /** It means nothing without its zone. */
  @Test
  void addressOfOneInterface_isReachedThere() throws Exception {
    Inet6Address address = linkLocal();
    assumeTrue(address != null, "this machine has no link-local address");
    ServerSocket listening = closedInTheEnd(new ServerSocket(0, 1, address));
    NameResolver names = resolver(_ -> List.of(address));

    racing(watched(), ENOUGH).begin(at(listening), names);

    assertOffered(listening);
  }

  private static @Nullable Inet6Address linkLocal() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet6Address && address.isLinkLocalAddress())
        .map(Inet6Address.class::cast)
        .findFirst()
        .orElse(null);
  }

  // ---- why nobody is

  @Test
  void nameWithoutAddresses_isUnreachable() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);

    dial(watched(), names(), listening, ENOUGH);

    assertThat(owner.told()).hasToString("unreachable: the name does not resolve");
  }

  @Test
  void unknownName_isUnreachable() throws Exception {
    NameResolver names =
        resolver(
            name -> {
              throw new UnknownHostException(name);
            });

    racing(watched(), ENOUGH).begin(SEVERAL, names);

    assertThat(owner.told()).hasToString("unreachable: the name does not resolve");
  }

  @Test
  void refusal_isReportedBeforeSilence() throws Exception {
    int port = freePort();
    blackHole(2, port);

    dial(watched(), names(nobody(3), nobody(2)), port, SOON);

    assertThat(owner.told().cause()).isEqualTo(Cause.REFUSED);
  }

  @Test
  void silence_isReportedWhenTheTimeIsOver() throws Exception {
    int port = freePort();
    blackHole(2, port);
    blackHole(3, port);

    dial(watched(), names(nobody(2), nobody(3)), port, SOON);

    assertThat(owner.told()).isEqualTo(CloseReason.of(Cause.TIMED_OUT));
  }

  @Test
  void lookUpThatHangs_doesNotOutlastTheTime() throws Exception {
    CountDownLatch nameServerIsBack = new CountDownLatch(1);
    WatchedTransport transport = watched();
    CompletableFuture<Boolean> answered = new CompletableFuture<>();
    NameResolver names =
        resolver(
            _ -> {
              awaitOpen(nameServerIsBack);
              return List.of(InetAddress.ofLiteral(LISTENING));
            });

    racing(transport, SOON).begin(SEVERAL, names);
    assertThat(owner.told()).isEqualTo(CloseReason.of(Cause.TIMED_OUT));
    Runnable _ = names.resolve(SEVERAL, _ -> answered.complete(true));
    nameServerIsBack.countDown();

    assertThat(answered.get(60, TimeUnit.SECONDS)).isTrue();
    assertThat(transport.dialled()).isEmpty();
  }

  @Test
  void transportThatThrows_isAFailureOfEachAddress() throws Exception {
    WatchedTransport transport = watched();
    transport.onDial = () -> fail(new IllegalStateException("thrown by a test"));

    dial(transport, names(nobody(2), nobody(3)), 9000, ENOUGH);

    assertThat(owner.told())
        .hasToString("failed: java.lang.IllegalStateException: thrown by a test");
    assertThat(transport.dialled()).hasSize(2);
  }

  @Test
  void errorOfTransport_isToldAndEndsTheDial() throws Exception {
    WatchedTransport transport = watched();
    Error error = new StackOverflowError("thrown by a test");
    transport.onDial =
        () -> {
          throw error;
        };

    dial(transport, names(nobody(2)), 9000, ENOUGH);

    assertThat(owner.told().cause()).isEqualTo(Cause.FAILED);
    assertThat(errors.take()).isSameAs(error);
  }

  private static void fail(RuntimeException why) {
    throw why;
  }

  // ---- who is given up

  /** The worst case: both are open before one of them is asked. */
  @Test
  void addressesThatConnectInTheSameMoment_makeOneLink_andTheLoserHasSentNothing()
      throws Exception {
    ServerSocket one = listening(LISTENING, 0);
    ServerSocket other = listening(nobody(2), one.getLocalPort());
    WatchedTransport transport = watched();
    CyclicBarrier both = new CyclicBarrier(2);
    transport.onOpen = () -> awaitAll(both);

    for (int i = 0; i < 4; i++) {
      dial(transport, names(LISTENING, nobody(2)), one, ENOUGH);

      try (Socket atOne = one.accept();
          Socket atOther = other.accept()) {
        CompletableFuture<Integer> first = firstByte(atOne);
        CompletableFuture<Integer> second = firstByte(atOther);
        int ends = 0;
        for (CompletableFuture<Integer> byteOrEnd : List.of(first, second)) {
          ends += byteOrEnd.get(60, TimeUnit.SECONDS) < 0 ? 1 : 0;
        }
        assertThat(ends).as("connections that ended without a byte").isEqualTo(1);
      }
      assertThat(owner.told().cause()).isIn(Cause.REMOTE, Cause.RESET);
      assertThat(owner.sessions).isEqualTo(i + 1);
    }
  }

  @Test
  void dialGivenUpAsItConnects_isClosedAndHasSentNothing() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    WatchedTransport transport = watched();
    RacingDial dial = racing(transport, ENOUGH);
    transport.onOpen = dial::giveUp;

    dial.begin(at(listening), names(LISTENING));

    assertThat(owner.told()).isEqualTo(CloseReason.of(Cause.CANCELLED));
    try (Socket accepted = listening.accept()) {
      assertThat(accepted.getInputStream().read()).isNegative();
    }
    assertThat(owner.sessions).isZero();
  }

  @Test
  void dialGivenUp_closesAllThatIsUnderWay() throws Exception {
    int port = freePort();
    blackHole(2, port);
    blackHole(3, port);
    WatchedTransport transport = watched();
    RacingDial dial = dial(transport, names(nobody(2), nobody(3)), port, ENOUGH);
    transport.dialled.take();
    transport.dialled.take();

    dial.giveUp();
    dial.giveUp();

    assertThat(owner.told()).isEqualTo(CloseReason.of(Cause.CANCELLED));
    assertThat(transport.closed.take().cause()).isEqualTo(Cause.CANCELLED);
    assertThat(transport.closed.take().cause()).isEqualTo(Cause.CANCELLED);
    assertThat(ended.take()).isSameAs(dial);
  }

  /** The transport has not said yet by what the dial can be cancelled. */
  @Test
  void dialGivenUpWhileItBegins_isCancelled() throws Exception {
    int port = freePort();
    blackHole(2, port);
    WatchedTransport transport = watched();
    RacingDial dial = racing(transport, ENOUGH);
    transport.onDial = dial::giveUp;

    dial.begin(new Endpoint("several.example", port), names(nobody(2), nobody(3)));

    assertThat(owner.told()).isEqualTo(CloseReason.of(Cause.CANCELLED));
    assertThat(transport.closed.take().cause()).isEqualTo(Cause.CANCELLED);
    assertThat(transport.dialled()).hasSize(1);
  }

  @Test
  void dialGivenUpDuringTheLookUp_isOverAtOnce() throws Exception {
    CountDownLatch nameServerIsBack = new CountDownLatch(1);
    WatchedTransport transport = watched();
    RacingDial dial = racing(transport, ENOUGH);
    dial.begin(
        SEVERAL,
        resolver(
            name -> {
              awaitOpen(nameServerIsBack);
              throw new UnknownHostException(name);
            }));

    dial.giveUp();

    assertThat(owner.told()).isEqualTo(CloseReason.of(Cause.CANCELLED));
    assertThat(ended.take()).isSameAs(dial);
    nameServerIsBack.countDown();
  }

  @Test
  void transportClosedDuringARace_endsItOnce() throws Exception {
    int port = freePort();
    blackHole(2, port);
    blackHole(3, port);
    WatchedTransport transport = watched();
    dial(transport, names(nobodies(8, LISTENING)), port, ENOUGH);
    transport.dialled.take();
    transport.dialled.take();

    transport.close();

    assertThat(owner.told().cause()).isEqualTo(Cause.SHUTDOWN);
    assertThat(transport.dialled()).isEmpty();
    assertThat(ended).hasSize(1);
  }

  @Test
  void linkThatHasWon_isNotGivenUpWithItsDial() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    RacingDial dial = dial(watched(), names(LISTENING), listening, ENOUGH);
    assertThat(ended.take()).isSameAs(dial);

    dial.giveUp();

    assertOffered(listening);
  }

  @Test
  void sessionThatCannotBegin_isAFailedDial() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    owner.fails = true;

    dial(watched(), names(LISTENING), listening, ENOUGH);

    assertThat(owner.told())
        .hasToString("failed: java.lang.IllegalStateException: thrown by a test");
  }

  /** Whoever wins, is given up, or runs out of time. */
  @Test
  void races_leaveNoFiles() throws Exception {
    ServerSocket listening = listening(LISTENING, 0);
    blackHole(2, listening);
    blackHole(3, listening);
    Transport transport = watched();
    NameResolver winning = names(nobody(2), LISTENING);
    NameResolver losing = names(nobody(2), nobody(3));
    race(transport, winning, losing, listening);
    int filesBefore = OpenFiles.count();

    for (int i = 0; i < 3; i++) {
      race(transport, winning, losing, listening);
    }

    OpenFiles.awaitAtMost(filesBefore);
  }

  private void race(
      Transport transport, NameResolver winning, NameResolver losing, ServerSocket listening)
      throws Exception {
    for (int i = 0; i < 4; i++) {
      dial(transport, winning, listening, ENOUGH);
      dial(transport, losing, listening, Duration.ofMillis(1));
      dial(transport, losing, listening, ENOUGH).giveUp();
    }
    for (int i = 0; i < 4; i++) {
      listening.accept().close();
    }
    for (int i = 0; i < 12; i++) {
      assertThat(owner.told().cause())
          .isIn(Cause.REMOTE, Cause.RESET, Cause.TIMED_OUT, Cause.CANCELLED);
    }
  }

  // ---- what the tests are made of

  private WatchedTransport watched() {
    return closedInTheEnd(new WatchedTransport(over.transport()));
  }

  private NameResolver resolver(NameService names) {
    return closedInTheEnd(
        new NameResolver(names, thrown -> errors.add(new AssertionError(thrown))));
  }

  /** For which every name has these addresses. */
  private NameResolver names(String... addresses) {
    List<InetAddress> found = Stream.of(addresses).map(InetAddress::ofLiteral).toList();
    return resolver(_ -> found);
  }

  private RacingDial racing(Transport transport, Duration limit) {
    return new RacingDial(transport, limit, services, owner, ended::add);
  }

  private RacingDial dial(
      Transport transport, NameResolver names, ServerSocket listening, Duration limit) {
    return dial(transport, names, listening.getLocalPort(), limit);
  }

  private RacingDial dial(Transport transport, NameResolver names, int port, Duration limit) {
    RacingDial dial = racing(transport, limit);
    dial.begin(new Endpoint(SEVERAL.host(), port), names);
    return dial;
  }

  private static Endpoint at(ServerSocket listening) {
    return new Endpoint(SEVERAL.host(), listening.getLocalPort());
  }

  private ServerSocket listening(String address, int port) throws IOException {
    return closedInTheEnd(new ServerSocket(port, 16, InetAddress.ofLiteral(address)));
  }

  private <T extends AutoCloseable> T closedInTheEnd(T resource) {
    toClose.add(resource);
    return resource;
  }

  /** A link begins with its Offer. */
  private void assertOffered(ServerSocket listening) throws Exception {
    try (Socket accepted = listening.accept()) {
      assertThat(accepted.getInputStream().read()).as("the first byte").isNotNegative();
    }
    assertThat(owner.told().cause()).isIn(Cause.REMOTE, Cause.RESET);
    assertThat(owner.sessions).isEqualTo(1);
  }

  /** Or -1 if there is none. */
  private static CompletableFuture<Integer> firstByte(Socket socket) {
    CompletableFuture<Integer> first = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            first.complete(socket.getInputStream().read());
            socket.close();
          } catch (IOException e) {
            first.completeExceptionally(e);
          }
        });
    return first;
  }

  /** An address of this machine at which nobody listens, unless a test does. */
  private static String nobody(int number) {
    String address = "127.0.0." + number;
    assumeTrue(SocketPeers.isHere(address), "this machine has no " + address);
    return address;
  }

  private static String[] nobodies(int count, String last) {
    Stream<String> first = IntStream.range(2, 2 + count).mapToObj(RacingDialTest::nobody);
    return Stream.concat(first, Stream.of(last)).toArray(String[]::new);
  }

  private static int freePort() throws IOException {
    return new SocketPeers().refusing().port();
  }

  private void blackHole(int number, ServerSocket beside) throws IOException {
    blackHole(number, beside.getLocalPort());
  }

  private void blackHole(int number, int port) throws IOException {
    RawPeers.BlackHole hole = new SocketPeers().blackHole(new Endpoint(nobody(number), port));
    assumeTrue(hole != null, "this machine accepts connections beyond a socket's backlog");
    toClose.add(hole);
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitAll(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Who wants the connection: begins real sessions, and remembers what becomes of them. */
  private final class Owner implements LinkOwner {
    private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    private final CipherSuite suite = ToySuite.create();
    private final SessionSettings settings = settings(suite);
    private volatile int sessions;
    private volatile boolean fails;

    private static SessionSettings settings(CipherSuite suite) {
      SeededRandom random = new SeededRandom(1);
      HandshakeSettings handshake =
          new HandshakeSettings(
              ToySuite.identity(random),
              NetworkId.of("test", suite.hash()),
              List.of(suite),
              List.of(BincodeCodec.NAME),
              suite.hash(),
              random);
      return new SessionSettings(handshake, List.of(new BincodeCodec()));
    }

    /** Why the dial, or its link, has ended. */
    CloseReason told() throws InterruptedException {
      CloseReason why = closed.poll(60, TimeUnit.SECONDS);
      assertThat(why).as("what the owner is told").isNotNull();
      return why;
    }

    @Override
    public boolean isChosen() {
      return true;
    }

    @Override
    public Session beginSession(Connection opened) {
      if (fails) {
        throw new IllegalStateException("thrown by a test");
      }
      synchronized (this) {
        sessions++;
      }
      return Session.initiator(
          settings, suite, null, services.workspace().recordBuffers(), services.nanoTime());
    }

    @Override
    public boolean compute(PooledWork work) {
      return services.compute(HandshakePool.Lane.OURS, work);
    }

    @Override
    public void established(Link link, SessionAgreement agreement) {
      throw new AssertionError("nobody here shakes hands");
    }

    @Override
    public void closed(@Nullable Link link, CloseReason why) {
      closed.add(why);
    }
  }
}
