package dev.waggle.cli.control;

import dev.waggle.cli.control.ControlFailed.Kind;
import dev.waggle.operator.control.ControlToken;
import dev.waggle.operator.control.ErrorCode;
import dev.waggle.ports.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Asks a node by JSON-RPC, each question on a connection of its own. Owned by one thread. */
public final class ControlClient {
  /** More than the node itself waits for a dial. */
  private static final Duration TIME = Duration.ofSeconds(20);

  /** An address book of 100,000, and more than twice of that. */
  private static final int MAX_ANSWER_BYTES = 64 * 1024 * 1024;

  private static final JsonMapper MAPPER = new JsonMapper();

  private final ControlPlace place;

  public ControlClient(ControlPlace place) {
    this.place = place;
  }

  /** Parameters, to be filled in. */
  public static ObjectNode params() {
    return MAPPER.createObjectNode();
  }

  /** The result of a method. */
  public JsonNode ask(String method, ObjectNode params) throws ControlFailed {
    JsonNode answer = parsed(exchange(request(method, params)));
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      boolean ours = error.path("code").asInt() == ErrorCode.INVALID_PARAMS.number();
      throw new ControlFailed(ours ? Kind.MISTAKE : Kind.ERROR, error.path("message").asString());
    }
    if (!answer.has("result")) {
      throw notANode();
    }
    return answer.get("result");
  }

  /** By HTTP/1.0, whose answers just end with the connection. */
  private byte[] request(String method, ObjectNode params) throws ControlFailed {
    ObjectNode request = MAPPER.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", 1).put("method", method).set("params", params);
    byte[] body = MAPPER.writeValueAsBytes(request);
    String head =
        "POST / HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length
            + "\r\n"
            + authorization()
            + "\r\n";
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private String authorization() throws ControlFailed {
    return switch (place) {
      case ControlPlace.Socket _ -> "";
      case ControlPlace.Tcp tcp -> {
        try {
          yield "Authorization: Bearer " + ControlToken.load(tcp.tokenFile()).digits() + "\r\n";
        } catch (IOException e) {
          throw new ControlFailed(
              Kind.DENIED, e.getMessage() + "; --token-file names the node's control.token");
        }
      }
    };
  }

  private byte[] exchange(byte[] request) throws ControlFailed {
    Exchange exchange = new Exchange(TIME, MAX_ANSWER_BYTES);
    try {
      return switch (place) {
        case ControlPlace.Socket(Path file) -> {
          try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            yield exchange.run(channel, UnixDomainSocketAddress.of(file), request);
          }
        }
        case ControlPlace.Tcp(Endpoint address, _) -> overTcp(exchange, address, request);
      };
    } catch (ConnectException | UnknownHostException e) {
      throw noNode();
    } catch (SocketTimeoutException e) {
      throw new ControlFailed(
          Kind.ERROR,
          "the node at " + place + " has not answered within " + TIME.toSeconds() + " s");
    } catch (IOException | UnsupportedOperationException e) {
      throw whyNot(e);
    }
  }

  /** At the first address of its host where somebody listens. */
  private static byte[] overTcp(Exchange exchange, Endpoint address, byte[] request)
      throws IOException {
    ConnectException refused = new ConnectException("no address");
    for (InetAddress each : InetAddress.getAllByName(address.host())) {
      try (SocketChannel channel = SocketChannel.open()) {
        return exchange.run(channel, new InetSocketAddress(each, address.port()), request);
      } catch (ConnectException e) {
        refused = e;
      }
    }
    throw refused;
  }

  private ControlFailed noNode() {
    return new ControlFailed(
        Kind.NO_NODE,
        "no node listens at "
            + place
            + ": start one by 'waggle run', or name another's data directory by --data-dir");
  }

  private ControlFailed whyNot(Exception e) {
    if (place instanceof ControlPlace.Socket(Path file)) {
      if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
        return noNode();
      }
      // Where not even that can be known, the folder is closed to us.
      if (!Files.isWritable(file)) {
        return new ControlFailed(
            Kind.DENIED, "may not open " + file + ": only the user who runs the node can");
      }
    }
    return new ControlFailed(Kind.ERROR, "cannot ask the node at " + place + ": " + e.getMessage());
  }

  private JsonNode parsed(byte[] answer) throws ControlFailed {
    String head = new String(answer, 0, Math.min(answer.length, 8192), StandardCharsets.ISO_8859_1);
    int end = head.indexOf("\r\n\r\n");
    if (!head.startsWith("HTTP/1.1 ") || end < 0) {
      throw notANode();
    }
    String status = head.substring("HTTP/1.1 ".length(), "HTTP/1.1 ".length() + 3);
    int body = end + 4;
    switch (status) {
      case "200" -> {}
      case "401", "403" ->
          throw new ControlFailed(
              Kind.DENIED, "the node at " + place + " refuses: " + firstLine(answer, body));
      default ->
          throw new ControlFailed(
              Kind.ERROR, "the node at " + place + " answers: " + firstLine(answer, body));
    }
    try {
      return MAPPER.readTree(answer, body, answer.length - body);
    } catch (JacksonException e) {
      throw notANode();
    }
  }

  private static String firstLine(byte[] answer, int from) {
    String text = new String(answer, from, answer.length - from, StandardCharsets.UTF_8);
    return text.lines().findFirst().orElse("nothing");
  }

  private ControlFailed notANode() {
    return new ControlFailed(Kind.ERROR, "what listens at " + place + " is no node");
  }
}
