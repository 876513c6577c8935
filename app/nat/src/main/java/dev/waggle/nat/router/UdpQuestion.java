package dev.waggle.nat.router;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A question to a router in one datagram, sent until the answer comes or patience ends.
 *
 * <p>The socket is bound to the source that the router knows, connected to the router's address and
 * port, so that the system hands up nobody else's datagrams (RFC 6887 §8.3, RFC 6886 §3.1), and new
 * for each question, so that its port cannot be known beforehand. Whoever can forge the router's
 * address on this network gets that far; the rest is the parsers' and the nonce's.
 */
public final class UdpQuestion {
  /** What no datagram of PCP exceeds (RFC 6887 §7); of NAT-PMP none comes near. */
  public static final int MAX_BYTES = 1100;

  /** Datagrams from a router that are no answer, after which its word is not waited for. */
  static final int MAX_STRAYS = 64;

  /** By how much a wait is longer or shorter, so that a house's machines do not ask in step. */
  private static final double SPREAD = 0.1;

  private final Gateway gateway;
  private final int port;
  private final Stop stop;

  /**
   * @param port of the router
   * @param stop ends the wait
   */
  public UdpQuestion(Gateway gateway, int port, Stop stop) {
    this.gateway = gateway;
    this.port = port;
    this.stop = stop;
  }

  /**
   * Asks.
   *
   * @param parser the answer that these bytes are; null for what is none. A datagram of more than
   *     {@value #MAX_BYTES} comes as one byte more than that
   * @throws SilenceException if there is no answer, in words
   */
  public <T> T ask(byte[] request, Patience patience, Function<byte[], @Nullable T> parser)
      throws SilenceException {
    try (DatagramSocket socket = open()) {
      stop.guard(socket);
      Wait<T> wait = new Wait<>(socket, parser);
      long nanos = patience.first().toNanos();
      for (int attempt = 0; attempt < patience.attempts(); attempt++) {
        socket.send(new DatagramPacket(request, request.length));
        T answer = wait.answerWithin(spread(nanos));
        if (answer != null) {
          return answer;
        }
        nanos *= 2; // RFC 6887 §8.1.1, RFC 6886 §3.1
      }
      throw new SilenceException(
          wait.strays == 0 ? "does not answer" : "sends what is no answer", null);
    } catch (SilenceException e) {
      throw e;
    } catch (PortUnreachableException e) {
      throw new SilenceException("has closed the port", e);
    } catch (IOException e) {
      throw new SilenceException("cannot be asked: " + e.getMessage(), e);
    } finally {
      stop.release();
    }
  }

  /** Sends without waiting for an answer, or for that it can be sent. */
  public void tell(byte[] request) {
    try (DatagramSocket socket = open()) {
      socket.send(new DatagramPacket(request, request.length));
    } catch (IOException e) {
      // Nobody waits for what comes of it.
    }
  }

  private DatagramSocket open() throws IOException {
    DatagramSocket socket = new DatagramSocket(new InetSocketAddress(gateway.source(), 0));
    try {
      socket.connect(new InetSocketAddress(gateway.address(), port));
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static long spread(long nanos) {
    return (long) (nanos * ThreadLocalRandom.current().nextDouble(1 - SPREAD, 1 + SPREAD));
  }

  private static final class Wait<T> {
    /** One more than may come, so that what is cut off shows. */
    private final byte[] buffer = new byte[MAX_BYTES + 1];

    private final DatagramSocket socket;
    private final Function<byte[], @Nullable T> parser;
    private int strays;

    Wait(DatagramSocket socket, Function<byte[], @Nullable T> parser) {
      this.socket = socket;
      this.parser = parser;
    }

    @Nullable T answerWithin(long nanos) throws IOException {
      long end = System.nanoTime() + nanos;
      for (long left = nanos; left > 0; left = end - System.nanoTime()) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.setSoTimeout(millis(left));
        try {
          socket.receive(packet);
        } catch (SocketTimeoutException e) {
          return null;
        }
        T answer = parser.apply(Arrays.copyOf(buffer, packet.getLength()));
        if (answer != null) {
          return answer;
        }
        if (++strays >= MAX_STRAYS) {
          throw new SilenceException("sends nothing but what is no answer", null);
        }
      }
      return null;
    }
  }

  /** Rounded up: 0 would be for ever. */
  public static int millis(long nanos) {
    return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos) + 1);
  }
}
