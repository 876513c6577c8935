package dev.waggle.cli.nat;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.events.EventStream;
import dev.waggle.cli.node.FullNode;
import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.ports.PeerAddress;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The nodes of one host, in one process: as {@code waggle run} has them, but several. They are told
 * what to do on the standard input:
 *
 * <pre>{@code
 * start NAME KEY=VALUE...   starts one, with these settings
 * connect NAME ADDRESS      has it dial somebody, as the command connect does
 * }</pre>
 *
 * Each event becomes a line of the standard output: the node's name, and the JSON that {@code
 * waggle run --events} has.
 */
final class NodesAtHost {
  private static final OutputStream STDOUT = new FileOutputStream(FileDescriptor.out);

  private NodesAtHost() {}

  /** The argument is how many there will be. */
  public static void main(String[] arguments) throws Exception {
    MemoryBudget memory = MemoryBudget.ofOneAmong(Integer.parseInt(arguments[0]));
    Map<String, FullNode> nodes = new HashMap<>();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        List<String> words = List.of(line.split(" ", -1));
        String name = words.get(1);
        switch (words.getFirst()) {
          case "start" -> nodes.put(name, start(name, words.subList(2, words.size()), memory));
          case "connect" -> connect(Objects.requireNonNull(nodes.get(name)), words.getLast());
          default -> throw new IllegalArgumentException(line);
        }
      }
    }
    // Whoever has started this is gone.
    System.exit(0);
  }

  private static FullNode start(String name, List<String> settings, MemoryBudget memory)
      throws Exception {
    EventStream events = EventStream.start(new Named(name), InstantSource.system());
    return FullNode.start(config(settings), null, memory, UnaryOperator.identity(), events);
  }

  private static void connect(FullNode node, String address) {
    // What comes of it is an event.
    var _ = node.control().connect(PeerAddress.parse(address));
  }

  private static CliConfig config(List<String> settings) {
    CliConfig.Builder config = CliConfig.builder();
    for (String setting : settings) {
      String[] words = setting.split("=", 2);
      config.parse(key(words[0]), words[1]);
    }
    return config.build();
  }

  private static ConfigKey<?> key(String name) {
    return Stream.concat(ConfigKeys.ALL.stream(), CliKeys.ALL.stream())
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Writes lines, each in one piece, so that several writers do not mix theirs. */
  private static final class Named extends OutputStream {
    private final String name;

    Named(String name) {
      this.name = name;
    }

    @Override
    public void write(byte[] line) throws IOException {
      String text = name + " " + new String(line, StandardCharsets.UTF_8);
      synchronized (STDOUT) {
        STDOUT.write(text.getBytes(StandardCharsets.UTF_8));
      }
    }

    @Override
    public void write(int b) {
      throw new UnsupportedOperationException("events come as whole lines");
    }
  }
}
