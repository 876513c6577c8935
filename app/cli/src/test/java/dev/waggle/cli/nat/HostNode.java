package dev.waggle.cli.nat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One of the nodes at a host, and what its events have said so far. Safe from any thread. */
final class HostNode {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final String name;
  private final HostProcess host;
  private final String address;
  private final List<JsonNode> events = new ArrayList<>();

  HostNode(String name, HostProcess host, String address) {
    this.name = name;
    this.host = host;
    this.address = address;
  }

  /** Where it is dialled if it is public: HOST:PORT. */
  String address() {
    return address;
  }

  /** Has it dial somebody: HOST:PORT, or PEERID@HOST:PORT. */
  void connect(String to) {
    host.tell("connect " + name + " " + to);
  }

  synchronized void hear(String line) {
    events.add(MAPPER.readTree(line));
    notifyAll();
  }

  /**
   * The first event, past or to come, that is wanted; none if none has come in time.
   *
   * @param deadlineNanos by {@link System#nanoTime}
   */
  synchronized Optional<JsonNode> await(Predicate<JsonNode> wanted, long deadlineNanos)
      throws InterruptedException {
    for (int seen = 0; ; ) {
      for (; seen < events.size(); seen++) {
        if (wanted.test(events.get(seen))) {
          return Optional.of(events.get(seen));
        }
      }
      long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
      if (leftMillis <= 0) {
        return Optional.empty();
      }
      wait(leftMillis);
    }
  }

  /** As soon as it listens; it has to. */
  String peerId(long deadlineNanos) throws InterruptedException {
    return await(named("listening"), deadlineNanos)
        .orElseThrow(() -> new AssertionError("does not listen: " + this))
        .get("peerId")
        .asString();
  }

  /** The first event until now that is wanted. */
  synchronized Optional<JsonNode> heard(Predicate<JsonNode> wanted) {
    return events.stream().filter(wanted).findFirst();
  }

  synchronized Optional<JsonNode> lastHeard(Predicate<JsonNode> wanted) {
    return events.reversed().stream().filter(wanted).findFirst();
  }

  static Predicate<JsonNode> named(String event) {
    return json -> json.get("event").asString().equals(event);
  }

  /** An event of this name that is about this peer. */
  static Predicate<JsonNode> about(String peerId, String event) {
    return named(event).and(json -> json.path("peerId").asString("").equals(peerId));
  }

  /** All that was heard, for who looks for what went wrong. */
  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder(name + " at " + host.host());
    events.forEach(event -> text.append("\n  ").append(event));
    return text.toString();
  }
}
