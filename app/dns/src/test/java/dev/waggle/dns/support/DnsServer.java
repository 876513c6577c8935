package dev.waggle.dns.support;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.xbill.DNS.Message;
import org.xbill.DNS.Type;

/** A DNS server on loopback, over UDP and TCP at one port that the system chose. */
public final class DnsServer implements AutoCloseable {
  /** How a query came. */
  public enum Via {
    UDP,
    TCP
  }

  /** What goes out for a query. */
  @FunctionalInterface
  public interface Behaviour {
    /**
     * Over UDP a datagram each; over TCP bytes as they are, after which the connection is closed,
     * unless they end with {@link #STALL}.
     */
    List<byte[]> answer(Message query, Via via);
  }

  /** No bytes at all: after it nothing comes over a TCP connection, not even its end. */
  public static final byte[] STALL = {};

  private final ServerSocket tcp;
  private final DatagramSocket udp;
  private final Behaviour behaviour;
  private final Queue<String> questions = new ConcurrentLinkedQueue<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private DnsServer(ServerSocket tcp, DatagramSocket udp, Behaviour behaviour) {
    this.tcp = tcp;
    this.udp = udp;
    this.behaviour = behaviour;
  }

  public static DnsServer start(Behaviour behaviour) throws IOException {
    return start("127.0.0.1", behaviour);
  }

  public static DnsServer start(String host, Behaviour behaviour) throws IOException {
    while (true) {
      ServerSocket tcp = new ServerSocket(0, 50, InetAddress.ofLiteral(host));
      try {
        DatagramSocket udp =
            new DatagramSocket(new InetSocketAddress(tcp.getInetAddress(), tcp.getLocalPort()));
        DnsServer server = new DnsServer(tcp, udp, behaviour);
        server.threads.execute(server::udp);
        server.threads.execute(server::tcp);
        return server;
      } catch (BindException e) {
        tcp.close(); // The port is another's over UDP.
      }
    }
  }

  public IpEndpoint endpoint() {
    return new IpEndpoint(
        Objects.requireNonNull(IpAddress.ofLiteral(tcp.getInetAddress().getHostAddress())),
        tcp.getLocalPort());
  }

  /** All that it was asked, as {@code "UDP A seed.example."}, in no order. */
  public List<String> questions() {
    return List.copyOf(questions);
  }

  private void udp() {
    byte[] buffer = new byte[1500];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        for (byte[] answer : answers(Arrays.copyOf(buffer, packet.getLength()), Via.UDP)) {
          udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        }
      } catch (IOException e) {
        assertClosed(udp.isClosed(), e);
      }
    }
  }

  private void tcp() {
    while (!tcp.isClosed()) {
      try {
        Socket socket = tcp.accept();
        connections.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        assertClosed(tcp.isClosed(), e);
      }
    }
  }

  private static void assertClosed(boolean closed, IOException e) {
    if (!closed) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      byte[] query = in.readNBytes(in.readUnsignedShort());
      for (byte[] answer : answers(query, Via.TCP)) {
        if (answer.length == STALL.length) {
          in.readAllBytes();
        } else {
          socket.getOutputStream().write(answer);
        }
      }
    } catch (IOException e) {
      // The client has lost its patience, as it shall.
    }
  }

  private List<byte[]> answers(byte[] query, Via via) throws IOException {
    Message message = new Message(query);
    questions.add(
        via
            + " "
            + Type.string(message.getQuestion().getType())
            + " "
            + message.getQuestion().getName());
    return behaviour.answer(message, via);
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
    for (Socket connection : connections) {
      connection.close();
    }
    threads.close();
  }
}
