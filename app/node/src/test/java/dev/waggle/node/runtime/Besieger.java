package dev.waggle.node.runtime;

import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionOutput;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.WireMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who links itself with a node from an address of its choice, answers each Ping at once,
 * and is of no other use. It shares no code with the transports.
 */
final class Besieger implements SessionOutput, AutoCloseable {
  private static final int READ_BYTES = 16 * 1024;

  private final CompletableFuture<Void> decided = new CompletableFuture<>();
  private final CompletableFuture<GoodbyeReason> goodbye = new CompletableFuture<>();
  private final Socket socket;
  private final OutputStream out;
  private final Session session;
  private @Nullable HandshakeWork work;
  private final Queue<WireMessage> answers = new ArrayDeque<>();

  private Besieger(Socket socket, SessionSettings settings) throws IOException {
    this.socket = socket;
    this.out = socket.getOutputStream();
    this.session =
        Session.initiator(
            settings,
            settings.handshake().suites().getFirst(),
            null,
            new RecordBuffers(),
            System.nanoTime());
  }

  /**
   * Connects, and goes on with a thread of its own.
   *
   * @param source an address of this machine
   */
  static Besieger dial(Endpoint target, String source, SessionSettings settings)
      throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress(InetAddress.ofLiteral(source), 0));
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral(target.host()), target.port()));
    Besieger besieger = new Besieger(socket, settings);
    Thread.startVirtualThread(besieger::run);
    return besieger;
  }

  /** Completes when the node has taken the link in, or told it to go, or closed it. */
  CompletableFuture<Void> decided() {
    return decided;
  }

  /** Completes with what the node said when it ended the link; fails if it said nothing. */
  CompletableFuture<GoodbyeReason> goodbye() {
    return goodbye;
  }

  private void run() {
    byte[] bytes = new byte[READ_BYTES];
    try (socket) {
      session.start(this);
      for (int count = 0; count >= 0; count = socket.getInputStream().read(bytes)) {
        session.receive(ByteBuffer.wrap(bytes, 0, count), this);
        for (HandshakeWork next = work; next != null; next = work) {
          work = null;
          session.resume(next.compute(), this);
        }
        for (WireMessage answer = answers.poll(); answer != null; answer = answers.poll()) {
          session.send(answer, this);
          session.flush(this);
        }
      }
    } catch (IOException | UncheckedIOException e) {
      // The node has ended the link while something was on its way.
    } finally {
      goodbye.completeExceptionally(new IOException("ended without a word"));
      decided.complete(null);
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  // ---- the session's output

  @Override
  public void write(ByteBuffer borrowed) {
    try {
      byte[] copy = new byte[borrowed.remaining()];
      borrowed.get(copy);
      out.write(copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void established(SessionAgreement agreement) {}

  /** The node takes a link in, or says Goodbye, before it sends anything else on it. */
  @Override
  public void deliver(WireMessage message) {
    if (message instanceof WireMessage.Ping(long nonce)) {
      answers.add(new WireMessage.Pong(nonce));
    } else if (message instanceof WireMessage.Goodbye(GoodbyeReason reason)) {
      goodbye.complete(reason);
    }
    decided.complete(null);
  }

  @Override
  public void compute(HandshakeWork wanted) {
    work = wanted;
  }

  @Override
  public void reading(boolean wanted) {}

  @Override
  public void failed(SessionFailure failure) {
    goodbye.completeExceptionally(new IOException(failure.detail()));
  }
}
