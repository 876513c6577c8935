package dev.waggle.cli.process;

import dev.waggle.ports.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node, {@code waggle run --events}, that tells what happens to it. */
public final class NodeProcess implements AutoCloseable {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final WaggleProcess process;

  private NodeProcess(WaggleProcess process) {
    this.process = process;
  }

  /** A node on loopback; port 0 lets the system choose. */
  public static NodeProcess start(Path dataDir, int port, String... more) throws IOException {
    List<String> arguments = arguments(dataDir, port, more);
    return new NodeProcess(WaggleProcess.start(arguments.toArray(String[]::new)));
  }

  /**
   * A node on loopback, as the launcher starts it.
   *
   * @param environment see {@link WaggleProcess#launch}
   */
  public static NodeProcess launch(
      LauncherCheckout checkout, List<String> environment, Path dataDir, String... more)
      throws IOException {
    String[] arguments = arguments(dataDir, 0, more).toArray(String[]::new);
    return new NodeProcess(WaggleProcess.launch(checkout, environment, arguments));
  }

  /**
   * A node on loopback none of whose files may grow beyond a limit.
   *
   * @param blocks of 512 bytes
   */
  static NodeProcess startLimited(int blocks, Path dataDir, String... more) throws IOException {
    String[] arguments = arguments(dataDir, 0, more).toArray(String[]::new);
    return new NodeProcess(WaggleProcess.startLimited(blocks, arguments));
  }

  /**
   * A node that another command runs, with little memory, for it is one of many.
   *
   * @param within that command, up to where the words of the one that it runs begin
   * @param address where it listens, host:port
   */
  public static NodeProcess startWithin(
      List<String> within, Path dataDir, String address, String... more) throws IOException {
    String[] arguments = argumentsAt(address, dataDir, more).toArray(String[]::new);
    return new NodeProcess(WaggleProcess.startWithin(within, SwarmNode.SMALL, arguments));
  }

  private static List<String> arguments(Path dataDir, int port, String... more) {
    return argumentsAt("127.0.0.1:" + port, dataDir, more);
  }

  private static List<String> argumentsAt(String address, Path dataDir, String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", "--events"));
    arguments.addAll(List.of("--p2p-addr", address));
    arguments.addAll(List.of("--data-dir", dataDir.toString()));
    arguments.addAll(List.of(more));
    return arguments;
  }

  public WaggleProcess process() {
    return process;
  }

  /** The first event of this name, past or to come. */
  public JsonNode await(String event) throws InterruptedException {
    return await(event, _ -> true);
  }

  /** The first event of this name, past or to come, that the predicate takes. */
  public JsonNode await(String event, Predicate<JsonNode> wanted) throws InterruptedException {
    return awaitNth(1, event, wanted);
  }

  JsonNode awaitNth(int n, String event, Predicate<JsonNode> wanted) throws InterruptedException {
    AtomicInteger count = new AtomicInteger();
    String line =
        process
            .stdout()
            .await(
                "event " + event + " no. " + n,
                text -> {
                  JsonNode json = MAPPER.readTree(text);
                  return json.get("event").asString().equals(event)
                      && wanted.test(json)
                      && count.incrementAndGet() == n;
                });
    return MAPPER.readTree(line);
  }

  /** Where it listens: as soon as it does, and has indexed its chain before. */
  public Endpoint awaitAddress(Duration patience) throws InterruptedException {
    String line =
        process
            .stdout()
            .await(
                "event listening",
                candidate -> candidate.startsWith("{\"event\":\"listening\""),
                patience);
    return Endpoint.parse(MAPPER.readTree(line).get("address").asString());
  }

  /** That a block was accepted, past or to come; looks at as many events as there are. */
  public JsonNode awaitBlock(String field, String value, Duration patience)
      throws InterruptedException {
    String text = "\"%s\":%s,".formatted(field, value);
    String line =
        process
            .stdout()
            .await(
                "block with " + text,
                candidate ->
                    candidate.startsWith("{\"event\":\"block-accepted\"")
                        && candidate.contains(text),
                patience);
    return MAPPER.readTree(line);
  }

  /** That it can be asked, at the socket in its data directory. */
  public void awaitControl() throws InterruptedException {
    process.stderr().await("its control", line -> line.contains("controlled at"));
  }

  public String peerId() throws InterruptedException {
    return await("listening").get("peerId").asString();
  }

  /** As others name it among their seeds. */
  public String seed() throws InterruptedException {
    return peerId() + "@" + await("listening").get("address").asString();
  }

  @Override
  public void close() {
    process.close();
  }
}
