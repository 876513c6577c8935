package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.admission.Party;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.netty.NettyIo;
import dev.waggle.netty.NettyTransport;
import dev.waggle.nio.NioTransport;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.node.NameService;
import dev.waggle.ports.testkit.transport.RawPeers;
import dev.waggle.ports.testkit.transport.SocketPeers;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
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
import org.junit.jupiter.params.Parameter;

/**
 * What tests of dials over real sockets are made of, with each transport. All addresses are those
 * of this machine: somebody listens at 127.0.0.1, at others nobody does, or somebody who never
 * answers.
 */
abstract class RacingDialFixture {
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

  static final String LISTENING = "127.0.0.1";
  static final Endpoint SEVERAL = new Endpoint("several.example", 0);

  /** Long enough to be spent by no test that passes. */
  static final Duration ENOUGH = Duration.ofSeconds(60);

  static final Duration SOON = Duration.ofMillis(600);

  @Parameter Over over;

  final BlockingQueue<Error> errors = new LinkedBlockingQueue<>();
  final LinkServices services = TestServices.create(errors::add);
  final List<AutoCloseable> toClose = new ArrayList<>();
  final BlockingQueue<RacingDial> ended = new LinkedBlockingQueue<>();
  final Owner owner = new Owner();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : toClose.reversed()) {
      each.close();
    }
    services.close();
    assertThat(errors).isEmpty();
    assertThat(owner.closed).as("told besides what the test has taken").isEmpty();
  }

  WatchedTransport watched() {
    return closedInTheEnd(new WatchedTransport(over.transport()));
  }

  NameResolver resolver(NameService names) {
    return closedInTheEnd(
        new NameResolver(names, _ -> false, thrown -> errors.add(new AssertionError(thrown))));
  }

  /** For which every name has these addresses. */
  NameResolver names(String... addresses) {
    List<InetAddress> found = Stream.of(addresses).map(InetAddress::ofLiteral).toList();
    return resolver(_ -> found);
  }

  RacingDial racing(Transport transport, Duration limit) {
    return new RacingDial(transport::dial, limit, services, owner, ended::add);
  }

  RacingDial dial(Transport transport, NameResolver names, ServerSocket listening, Duration limit) {
    return dial(transport, names, listening.getLocalPort(), limit);
  }

  RacingDial dial(Transport transport, NameResolver names, int port, Duration limit) {
    RacingDial dial = racing(transport, limit);
    dial.begin(new Endpoint(SEVERAL.host(), port), names);
    return dial;
  }

  static Endpoint at(ServerSocket listening) {
    return new Endpoint(SEVERAL.host(), listening.getLocalPort());
  }

  ServerSocket listening(String address, int port) throws IOException {
    return closedInTheEnd(new ServerSocket(port, 16, InetAddress.ofLiteral(address)));
  }

  <T extends AutoCloseable> T closedInTheEnd(T resource) {
    toClose.add(resource);
    return resource;
  }

  /** A link begins with its Offer. */
  void assertOffered(ServerSocket listening) throws Exception {
    try (Socket accepted = listening.accept()) {
      assertThat(accepted.getInputStream().read()).as("the first byte").isNotNegative();
    }
    assertThat(owner.told().cause()).isIn(Cause.REMOTE, Cause.RESET);
    assertThat(owner.sessions).isEqualTo(1);
  }

  /** Or -1 if there is none. */
  static CompletableFuture<Integer> firstByte(Socket socket) {
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
  static String nobody(int number) {
    String address = "127.0.0." + number;
    assumeTrue(SocketPeers.isHere(address), "this machine has no " + address);
    return address;
  }

  static String[] nobodies(int count, String last) {
    Stream<String> first = IntStream.range(2, 2 + count).mapToObj(RacingDialFixture::nobody);
    return Stream.concat(first, Stream.of(last)).toArray(String[]::new);
  }

  static int freePort() throws IOException {
    return new SocketPeers().refusing().port();
  }

  void blackHole(int number, ServerSocket beside) throws IOException {
    blackHole(number, beside.getLocalPort());
  }

  void blackHole(int number, int port) throws IOException {
    RawPeers.BlackHole hole = new SocketPeers().blackHole(new Endpoint(nobody(number), port));
    assumeTrue(hole != null, "this machine accepts connections beyond a socket's backlog");
    toClose.add(hole);
  }

  static void awaitOpen(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  static void awaitAll(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** Who wants the connection: begins real sessions, and remembers what becomes of them. */
  final class Owner implements LinkOwner {
    final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    private final CipherSuite suite = ToySuite.create();
    private final SessionSettings settings =
        new SessionSettings(TestServices.handshake(suite, 1), List.of(new BincodeCodec()));
    volatile int sessions;
    volatile boolean fails;

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
      return services.compute(HandshakePool.Lane.OURS, new Party.Ourselves(), work);
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
