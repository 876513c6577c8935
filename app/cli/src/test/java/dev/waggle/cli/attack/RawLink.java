package dev.waggle.cli.attack;

import dev.waggle.domain.handshake.HandshakeWork;
import dev.waggle.domain.session.Session;
import dev.waggle.domain.session.SessionAgreement;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.session.SessionOutput;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.WireMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One link of {@link RawLinks}: a socket, the initiator's session over it, and a {@link Behaviour}
 * that decides what is sent, and what is not read or not sent to its end.
 *
 * <p>Everything happens on the loop's thread, except {@link #post} and the two futures.
 */
final class RawLink implements SessionOutput {
  /** So little that what a peer does not read stays in the memory of the node that sent it. */
  private static final int SMALL_RECEIVE_BUFFER_BYTES = 4 * 1024;

  /** What is sealed in one turn; one message more than that at most. */
  private static final int TURN_BYTES = 128 * 1024;

  private final RawLinks loop;
  private final Behaviour behaviour;
  private final Session session;
  private final PeerId self;
  private final CompletableFuture<RawLink> standing = new CompletableFuture<>();
  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private @Nullable SocketChannel channel;
  private @Nullable SelectionKey key;
  private long unsentBytes;
  private long withheldBytes;
  private long readAllowance = Behaviour.UNLIMITED;
  private boolean sessionReads = true;
  private boolean established;
  private boolean hasMore = true;

  RawLink(RawLinks loop, SessionSettings settings, Behaviour behaviour) {
    this.loop = loop;
    this.behaviour = behaviour;
    this.self = settings.handshake().identity().peerId();
    this.session =
        Session.initiator(
            settings,
            settings.handshake().suites().getFirst(),
            null,
            loop.buffers(),
            System.nanoTime());
  }

  /** Who this link says it is. */
  PeerId self() {
    return self;
  }

  /** Completes when the link is established, or connected if it is to be no more than that. */
  CompletableFuture<RawLink> standing() {
    return standing;
  }

  /** Completes with the reason when the link is gone. */
  CompletableFuture<String> ended() {
    return ended;
  }

  /** Sends {@code message}, from any thread. */
  void post(WireMessage message) {
    loop.execute(
        () -> {
          send(message);
          proceed();
        });
  }

  // ---- for behaviours

  void shakeHands() {
    session.start(this);
  }

  void send(WireMessage message) {
    session.send(message, this);
    session.flush(this);
  }

  /** Keeps the last so many of the bytes that wait to be sent. */
  void withhold(long bytes) {
    withheldBytes = bytes;
  }

  // ---- the socket

  void dial(Endpoint target) {
    try {
      SocketChannel opened = SocketChannel.open();
      channel = opened;
      opened.configureBlocking(false);
      if (behaviour.readBytesPerSecond() < Behaviour.UNLIMITED) {
        opened.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_RECEIVE_BUFFER_BYTES);
      }
      key = opened.register(loop.selector(), SelectionKey.OP_CONNECT, this);
      if (opened.connect(new InetSocketAddress(target.host(), target.port()))) {
        connected();
        proceed();
      }
    } catch (IOException e) {
      end(e.toString());
    }
  }

  void ready() {
    SelectionKey selected = key;
    SocketChannel opened = channel;
    if (selected == null || opened == null || !selected.isValid()) {
      return;
    }
    try {
      if (selected.isConnectable() && opened.finishConnect()) {
        connected();
      }
      if (selected.isReadable()) {
        read(opened);
      }
      proceed();
    } catch (IOException e) {
      end(e.toString());
    }
  }

  private void connected() {
    behaviour.connected(this);
    if (!behaviour.shakesHands()) {
      standing.complete(this);
    }
  }

  private void read(SocketChannel from) throws IOException {
    ByteBuffer bytes = loop.reading((int) readAllowance);
    int count = from.read(bytes);
    if (count < 0) {
      end("closed by the peer");
      return;
    }
    if (established) {
      readAllowance -= behaviour.readBytesPerSecond() < Behaviour.UNLIMITED ? count : 0;
    }
    session.receive(bytes.flip(), this);
  }

  /** Writes what may leave, makes more, and says what to wait for. */
  private void proceed() {
    SocketChannel opened = channel;
    SelectionKey registered = key;
    if (ended.isDone() || opened == null || registered == null || !opened.isConnected()) {
      return;
    }
    try {
      flush(opened);
      long limit = withheldBytes + TURN_BYTES;
      while (established && hasMore && !ended.isDone() && unsentBytes < limit) {
        hasMore = behaviour.sendMore(this);
      }
      flush(opened);
    } catch (IOException e) {
      end(e.toString());
    }
    if (registered.isValid()) {
      boolean reads = sessionReads && readAllowance > 0;
      boolean writes = unsentBytes > withheldBytes || (established && hasMore);
      registered.interestOps(
          (reads ? SelectionKey.OP_READ : 0) | (writes ? SelectionKey.OP_WRITE : 0));
    }
  }

  private void flush(SocketChannel to) throws IOException {
    while (unsentBytes > withheldBytes) {
      ByteBuffer first = unsent.getFirst();
      int limit = first.limit();
      first.limit((int) Math.min(limit, first.position() + unsentBytes - withheldBytes));
      int count = to.write(first);
      first.limit(limit);
      unsentBytes -= count;
      if (!first.hasRemaining()) {
        unsent.remove();
      } else if (count == 0) {
        return;
      }
    }
  }

  void ticked() {
    if (established) {
      int rate = behaviour.readBytesPerSecond();
      if (rate < Behaviour.UNLIMITED) {
        readAllowance = (long) rate * RawLinks.TICK_MILLIS / 1000;
      }
      behaviour.ticked(this);
      proceed();
    }
  }

  void end(String why) {
    if (ended.isDone()) {
      return;
    }
    session.close();
    unsent.clear();
    unsentBytes = 0;
    loop.forget(this);
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ended.complete(why);
  }

  // ---- the session's output

  @Override
  public void write(ByteBuffer borrowed) {
    ByteBuffer copy = ByteBuffer.allocate(borrowed.remaining()).put(borrowed).flip();
    unsent.add(copy);
    unsentBytes += copy.remaining();
  }

  @Override
  public void established(SessionAgreement agreement) {
    established = true;
    readAllowance = behaviour.readBytesPerSecond();
    standing.complete(this);
  }

  @Override
  public void deliver(WireMessage message) {
    if (message instanceof WireMessage.Goodbye(var reason)) {
      loop.execute(() -> end("goodbye: " + reason.word()));
    } else {
      behaviour.received(this, message);
    }
  }

  @Override
  public void compute(HandshakeWork work) {
    loop.execute(
        () -> {
          session.resume(work.compute(), this);
          proceed();
        });
  }

  @Override
  public void reading(boolean wanted) {
    sessionReads = wanted;
  }

  @Override
  public void failed(SessionFailure failure) {
    loop.execute(() -> end(failure.detail()));
  }

  @Override
  public String toString() {
    return "RawLink(" + behaviour + ", " + ended.getNow("standing") + ")";
  }
}
