package dev.waggle.cli.nat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A network of its own on this machine, known by a name: {@code ip netns}. What runs in it reaches
 * nothing outside, except by the wires that the lab lays.
 */
record Namespace(String name) {
  /** The command that runs another one in here, as the same process. */
  List<String> command() {
    return List.of("ip", "netns", "exec", name);
  }

  List<String> command(List<String> inside) {
    List<String> command = new ArrayList<>(command());
    command.addAll(inside);
    return command;
  }

  /** Runs a command in here that must not fail; the result is what it printed. */
  String run(String input, String... inside) throws IOException, InterruptedException {
    return Commands.run(command(List.of(inside)), input);
  }
}
