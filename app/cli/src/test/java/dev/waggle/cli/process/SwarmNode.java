package dev.waggle.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of many nodes in processes of their own, {@code waggle run --events} at an address of its own
 * on loopback, and what its events say of it. Owned by the test's thread.
 */
final class SwarmNode implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** The least with which a node starts without a warning; and few threads, for there are many. */
  static final List<String> SMALL = List.of("-Xmx128m", "-Xss512k", "-XX:MaxDirectMemorySize=32m");

  private static final int PORT = 9000;

  private final int number;
  private final String transport;
  private final WaggleProcess process;
  private int linesSeen;
  private boolean listens;
  private String peerId = "";
  private final Map<String, Integer> outbound = new LinkedHashMap<>();
  private final Map<String, Integer> inbound = new LinkedHashMap<>();
  private final Map<String, String> inboundFrom = new LinkedHashMap<>();
  private final Set<String> blocks = new HashSet<>();
  private @Nullable String minedLast;

  private SwarmNode(int number, String transport, WaggleProcess process) {
    this.number = number;
    this.transport = transport;
    this.process = process;
  }

  /**
   * The host at which the node of this number listens, and from which it dials: one in each /24.
   */
  static String host(int number) {
    return "127.0." + number + ".1";
  }

  static String address(int number) {
    return host(number) + ":" + PORT;
  }

  static SwarmNode start(int number, Path dataDir, List<String> more) throws IOException {
    String transport = number % 2 == 0 ? "netty" : "nio";
    List<String> arguments = new ArrayList<>(List.of("run", "--events", "--allow-private"));
    arguments.addAll(List.of("--p2p-addr", address(number)));
    arguments.addAll(List.of("--dial-from", host(number)));
    arguments.addAll(List.of("--data-dir", dataDir.toString()));
    arguments.addAll(List.of("--transport", transport, "--io-threads", "1"));
    arguments.addAll(more);
    WaggleProcess process =
        WaggleProcess.startInBackground(SMALL, arguments.toArray(String[]::new));
    return new SwarmNode(number, transport, process);
  }

  /**
   * Follows the node's events until {@code wanted} holds, or can no longer.
   *
   * @return whether it holds
   */
  boolean await(Predicate<SwarmNode> wanted, Duration patience) throws InterruptedException {
    long deadlineNanos = System.nanoTime() + patience.toNanos();
    while (true) {
      List<String> news = process.stdout().awaitFrom(linesSeen, 0);
      follow(news);
      if (wanted.test(this)) {
        return true;
      }
      long leftNanos = deadlineNanos - System.nanoTime();
      news = process.stdout().awaitFrom(linesSeen, Math.max(0, leftNanos));
      if (news.isEmpty()) {
        return false;
      }
      follow(news);
    }
  }

  private void follow(List<String> lines) {
    linesSeen += lines.size();
    for (String line : lines) {
      JsonNode event = MAPPER.readTree(line);
      switch (event.get("event").asString()) {
        case "listening" -> {
          listens = true;
          peerId = event.get("peerId").asString();
        }
        case "peer-connected" -> linked(event, 1);
        case "peer-disconnected" -> linked(event, -1);
        case "block-accepted" -> accepted(event);
        default -> {} // Says nothing that is asked for here.
      }
    }
  }

  private void linked(JsonNode event, int more) {
    String peer = event.get("peerId").asString();
    boolean dialled = event.get("direction").asString().equals("outbound");
    (dialled ? outbound : inbound)
        .merge(peer, more, (links, change) -> links + change == 0 ? null : links + change);
    if (!dialled) {
      inboundFrom.put(peer, event.get("address").asString().replaceFirst(":\\d+$", ""));
    }
  }

  private void accepted(JsonNode event) {
    String hash = event.get("hash").asString();
    blocks.add(hash);
    if (event.get("from").isNull()) {
      minedLast = hash;
    }
  }

  int number() {
    return number;
  }

  boolean listens() {
    return listens;
  }

  /** Empty until the node listens. */
  String peerId() {
    return peerId;
  }

  /** Peers that it has dialled, each once. */
  Set<String> outbound() {
    return Set.copyOf(outbound.keySet());
  }

  /** Peers that have dialled it, each once. */
  Set<String> inbound() {
    return Set.copyOf(inbound.keySet());
  }

  /** From which host each peer has dialled it, by PeerId. */
  Map<String, String> inboundFrom() {
    return Map.copyOf(inboundFrom);
  }

  boolean has(String block) {
    return blocks.contains(block);
  }

  /** The last block of its own. */
  @Nullable String minedLast() {
    return minedLast;
  }

  WaggleProcess process() {
    return process;
  }

  /** Writes down what it has said so far. */
  void keepOutput(Path directory) throws IOException {
    Files.writeString(directory.resolve(number + ".events"), process.stdout() + "\n");
    Files.writeString(directory.resolve(number + ".log"), process.stderr() + "\n");
  }

  @Override
  public void close() {
    process.close();
  }

  @Override
  public String toString() {
    String last =
        process.stderr().all().isEmpty()
            ? ""
            : "; its last words: " + process.stderr().all().getLast();
    return "node %d at %s (%s): %s, %d peers dialled, dialled by %d, %d blocks%s"
        .formatted(
            number,
            address(number),
            transport,
            process.isAlive() ? listens ? "runs" : "starts" : "has ended",
            outbound.size(),
            inbound.size(),
            blocks.size(),
            last);
  }
}
