package dev.waggle.dns;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/**
 * Asks recursive resolvers a question, until a deadline: over UDP first, over TCP what UDP cuts
 * off.
 *
 * <p>dnsjava has resolvers, too. But its own ends a question with the first datagram whose id is
 * wrong, which anybody can send who guesses a port. This one goes on waiting for the right one.
 *
 * <p>Each question has its own socket, so that the system draws its port at random, and its own
 * random id. Safe from any thread; the caller's waits.
 */
final class DnsClient {
  /** As many as the system's resolvers use (resolv.conf's MAXNS). */
  static final int MAX_SERVERS = 3;

  /** How often a question is sent, to whichever servers. */
  static final int MAX_ATTEMPTS = 4;

  /** What passes through every network in one piece; resolvers agree on it since 2020. */
  static final int UDP_BYTES = 1232;

  /** Datagrams that are no answer, after which a server counts as out of its mind. */
  private static final int MAX_STRAYS = 100;

  private final List<InetSocketAddress> servers;
  private final long deadlineNanos;
  private final long attemptNanos;

  /**
   * @param servers of which the first {@value #MAX_SERVERS} are asked, in turn
   * @param deadlineNanos of {@link System#nanoTime}
   * @param attemptNanos how long a server has for an answer before the next one is asked
   */
  DnsClient(List<InetSocketAddress> servers, long deadlineNanos, long attemptNanos) {
    this.servers = servers.stream().limit(MAX_SERVERS).toList();
    this.deadlineNanos = deadlineNanos;
    this.attemptNanos = attemptNanos;
  }

  /**
   * Asks for the records of {@code name}.
   *
   * @return an answer to this question, without an error and not truncated
   * @throws IOException if there is none before the deadline, or the name is not there; says which
   *     server did what
   */
  Message ask(Name name, int type) throws IOException {
    Deque<InetSocketAddress> turn = new ArrayDeque<>(servers);
    Map<InetSocketAddress, String> failures = new LinkedHashMap<>();
    boolean extended = true;
    for (int attempt = 0; attempt < MAX_ATTEMPTS && !turn.isEmpty(); attempt++) {
      if (attempt > 0 && deadlineNanos - System.nanoTime() <= 0) {
        break;
      }
      InetSocketAddress server = turn.remove();
      Message answer;
      try {
        answer = exchange(server, query(name, type, extended));
      } catch (SilenceException e) {
        turn.addLast(server); // Datagrams get lost.
        failures.put(server, e.getMessage());
        continue;
      } catch (IOException e) {
        failures.put(server, "fails: " + e.getMessage());
        continue;
      }
      int rcode = answer.getRcode();
      if (rcode == Rcode.NOERROR) {
        return answer;
      }
      if (rcode == Rcode.NXDOMAIN) {
        throw new IOException(text(server) + " says NXDOMAIN: there is no such name");
      }
      if (rcode == Rcode.FORMERR && extended) {
        extended = false; // It is from before EDNS (RFC 6891 §7).
        turn.addFirst(server);
      }
      failures.put(server, "says " + Rcode.string(rcode));
    }
    throw new IOException(
        failures.entrySet().stream()
            .map(failure -> text(failure.getKey()) + " " + failure.getValue())
            .collect(Collectors.joining(", ")));
  }

  private static Message query(Name name, int type, boolean extended) {
    Message query = Message.newQuery(Record.newRecord(name, type, DClass.IN));
    if (extended) {
      query.addRecord(new OPTRecord(UDP_BYTES, 0, 0), Section.ADDITIONAL);
    }
    return query;
  }

  private Message exchange(InetSocketAddress server, Message query) throws IOException {
    Message answer = overUdp(server, query, attemptDeadline());
    return answer.getHeader().getFlag(Flags.TC)
        ? overTcp(server, query, attemptDeadline())
        : answer;
  }

  private long attemptDeadline() {
    long now = System.nanoTime();
    return now + Math.min(attemptNanos, deadlineNanos - now);
  }

  private static Message overUdp(InetSocketAddress server, Message query, long untilNanos)
      throws IOException {
    byte[] wire = query.toWire();
    byte[] buffer = new byte[UDP_BYTES];
    int strays = 0;
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.connect(server); // Nobody else is heard.
      socket.send(new DatagramPacket(wire, wire.length));
      while (strays < MAX_STRAYS) {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        socket.setSoTimeout(TcpMessages.millisUntil(untilNanos));
        socket.receive(packet);
        Message answer = parse(Arrays.copyOf(buffer, packet.getLength()));
        if (answer != null && answers(answer, query)) {
          return answer;
        }
        strays++;
      }
    } catch (SocketTimeoutException e) {
      throw new SilenceException(
          strays == 0 ? "does not answer" : "sends datagrams that do not answer the question", e);
    }
    throw new IOException("datagrams that do not answer the question");
  }

  private static Message overTcp(InetSocketAddress server, Message query, long untilNanos)
      throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(server, TcpMessages.millisUntil(untilNanos));
      TcpMessages.write(socket, query.toWire());
      Message answer = parse(TcpMessages.read(socket, Message.MAXLENGTH, untilNanos));
      if (answer == null || !answers(answer, query)) {
        throw new IOException("what comes over TCP does not answer the question");
      }
      if (answer.getHeader().getFlag(Flags.TC)) {
        throw new IOException("the answer is truncated over TCP as well");
      }
      return answer;
    } catch (SocketTimeoutException e) {
      throw new IOException("the answer was truncated, and none came over TCP in time", e);
    }
  }

  /** The message, or null for bytes that are none. */
  static @Nullable Message parse(byte[] wire) {
    try {
      return new Message(wire);
    } catch (IOException | RuntimeException e) {
      // Some records' parsers meet strangers' bytes with exceptions of other kinds.
      return null;
    }
  }

  private static boolean answers(Message answer, Message query) {
    if (!answer.getHeader().getFlag(Flags.QR)
        || answer.getHeader().getID() != query.getHeader().getID()
        || answer.getHeader().getOpcode() != Opcode.QUERY) {
      return false;
    }
    List<Record> questions = answer.getSection(Section.QUESTION);
    if (questions.isEmpty()) {
      // Who understood nothing of the query cannot repeat the question.
      return answer.getRcode() == Rcode.FORMERR;
    }
    Record asked = query.getQuestion();
    Record answered = questions.getFirst();
    return questions.size() == 1
        && answered.getName().equals(asked.getName())
        && answered.getType() == asked.getType()
        && answered.getDClass() == asked.getDClass();
  }

  private static String text(InetSocketAddress server) {
    String host = server.getAddress().getHostAddress();
    return host.indexOf(':') < 0
        ? host + ":" + server.getPort()
        : "[" + host + "]:" + server.getPort();
  }

  /** Nothing has come that could be an answer, so that to ask again may help. */
  private static final class SilenceException extends IOException {
    private static final long serialVersionUID = 1;

    SilenceException(String message, SocketTimeoutException cause) {
      super(message, cause);
    }
  }
}
