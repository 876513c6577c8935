package dev.waggle.cli.nat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.BindException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.NetworkChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A host that listens at ports, and dials from the same ones, as it is told on its standard input:
 *
 * <pre>{@code
 * listen PORT                          prints: listening PORT
 *                                      and for each connection: accepted PORT NAME
 * dial ID FROM_PORT HOST PORT MILLIS   prints: linked ID NAME SEEN, or: failed ID WHY
 * map PORT                             prints: mapped PORT EXTERNAL_PORT, or: mapped PORT WHY
 * }</pre>
 *
 * Each end of a connection tells the other one's name, and at which endpoint it sees it ({@code
 * SEEN}); so a connection counts only if bytes have gone both ways. It stays open.
 */
final class Probe {
  private final String name;

  private Probe(String name) {
    this.name = name;
  }

  /** The argument is its name. */
  public static void main(String[] arguments) throws IOException {
    Probe probe = new Probe(arguments[0]);
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "listen" -> probe.listen(Integer.parseInt(words[1]));
          case "dial" -> Thread.ofVirtual().start(() -> probe.dial(words));
          case "map" -> Thread.ofVirtual().start(() -> probe.map(Integer.parseInt(words[1])));
          default -> throw new IllegalArgumentException(line);
        }
      }
    }
  }

  private void listen(int port) throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    bindShared(listener, port);
    say("listening " + port);
    Thread.ofVirtual().start(() -> accept(listener, port));
  }

  private void accept(ServerSocketChannel listener, int port) {
    try {
      while (true) {
        SocketChannel channel = listener.accept();
        Thread.ofVirtual().start(() -> say("accepted " + port + " " + greetOrSayWhy(channel)));
      }
    } catch (IOException e) {
      say("no longer listening at " + port + ": " + e.getMessage());
    }
  }

  private String greetOrSayWhy(SocketChannel channel) {
    try {
      return greet(channel).split(" ", 2)[0];
    } catch (IOException e) {
      return "somebody who left: " + e.getMessage();
    }
  }

  private void dial(String[] words) {
    String id = words[1];
    InetSocketAddress remote = new InetSocketAddress(words[3], Integer.parseInt(words[4]));
    try {
      SocketChannel channel = SocketChannel.open();
      bindShared(channel, Integer.parseInt(words[2]));
      channel.socket().connect(remote, Integer.parseInt(words[5]));
      say("linked " + id + " " + greet(channel));
    } catch (SocketTimeoutException _) {
      say("failed " + id + " no answer");
    } catch (BindException e) {
      say("failed " + id + " four numbers in use: " + e.getMessage());
    } catch (ConnectException e) {
      say("failed " + id + " refused: " + e.getMessage());
    } catch (IOException e) {
      say("failed " + id + " " + e);
    }
  }

  /** What the other end says: its name, and where it sees this one. */
  private String greet(SocketChannel channel) throws IOException {
    InetSocketAddress remote = (InetSocketAddress) channel.getRemoteAddress();
    String seen = remote.getAddress().getHostAddress() + ":" + remote.getPort();
    channel.write(ByteBuffer.wrap((name + " " + seen + "\n").getBytes(StandardCharsets.UTF_8)));
    String line =
        new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine();
    if (line == null) {
      throw new IOException("closed without a greeting");
    }
    return line;
  }

  /** Asks the router to let others through to a port for an hour, by NAT-PMP (RFC 6886 §3.3). */
  private void map(int port) {
    ByteBuffer request = ByteBuffer.allocate(12);
    request.put(1, (byte) 2).putShort(4, (short) port).putShort(6, (short) port).putInt(8, 3600);
    DatagramPacket answer = new DatagramPacket(new byte[16], 16);
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(2000);
      socket.connect(new InetSocketAddress("192.168.1.1", 5351));
      socket.send(new DatagramPacket(request.array(), request.capacity()));
      socket.receive(answer);
    } catch (IOException e) {
      say("mapped " + port + " " + e);
      return;
    }
    ByteBuffer fields = ByteBuffer.wrap(answer.getData());
    boolean granted = fields.get(1) == (byte) 130 && fields.getShort(2) == 0;
    int external = Short.toUnsignedInt(fields.getShort(10));
    say("mapped " + port + " " + (granted ? external : "refused: " + fields.getShort(2)));
  }

  /** Several sockets at one port need this of each. */
  private static void bindShared(NetworkChannel channel, int port) throws IOException {
    channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    channel.bind(new InetSocketAddress(port));
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }
}
