package dev.waggle.nat.support;

import dev.waggle.nat.router.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A router on loopback that hears datagrams, and does for each what a test says. */
public final class UdpRouter implements AutoCloseable {
  /** What a router does for a datagram. */
  @FunctionalInterface
  public interface Behaviour {
    /** The answers, sent one after the other. */
    List<byte[]> answers(byte[] question) throws IOException;
  }

  private final DatagramSocket socket;
  private final BlockingQueue<byte[]> questions = new LinkedBlockingQueue<>();
  private volatile Behaviour behaviour;
  private volatile SocketAddress lastAsker;

  public UdpRouter(Behaviour behaviour) throws IOException {
    this.socket = new DatagramSocket(new InetSocketAddress(loopback(), 0));
    this.behaviour = behaviour;
    this.lastAsker = socket.getLocalSocketAddress();
    Thread.ofVirtual().start(this::run);
  }

  public static InetAddress loopback() {
    return InetAddress.ofLiteral("127.0.0.1");
  }

  /** The router as a machine on loopback sees it. */
  public static Gateway gateway() {
    return new Gateway(loopback(), loopback());
  }

  public int port() {
    return socket.getLocalPort();
  }

  public InetSocketAddress address() {
    return (InetSocketAddress) socket.getLocalSocketAddress();
  }

  public void behave(Behaviour now) {
    behaviour = now;
  }

  /** All that it was asked and nobody took yet. */
  public BlockingQueue<byte[]> questions() {
    return questions;
  }

  /** Where the last question came from. */
  public SocketAddress lastAsker() {
    return lastAsker;
  }

  private void run() {
    byte[] buffer = new byte[2048];
    while (!socket.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.receive(packet);
        byte[] question = Arrays.copyOf(buffer, packet.getLength());
        lastAsker = packet.getSocketAddress();
        questions.add(question);
        for (byte[] answer : behaviour.answers(question)) {
          socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}
