package dev.waggle.cli.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The packages that are made to be used from outside. */
final class Api {
  static final String[] PACKAGES = {
    "dev.waggle.node",
    "dev.waggle.node.config",
    "dev.waggle.node.peers",
    "dev.waggle.ports",
    "dev.waggle.ports.crypto",
    "dev.waggle.ports.gossip",
    "dev.waggle.ports.nat",
    "dev.waggle.ports.node",
    "dev.waggle.ports.operator",
    "dev.waggle.ports.transport",
    "dev.waggle.ports.wire",
    "dev.waggle.crypto",
    "dev.waggle.netty",
    "dev.waggle.nio",
    "dev.waggle.kryo",
    "dev.waggle.nat"
  };

  private static final Path PAGE = Path.of("..", "node", "API.md");
  private static final Pattern PACKAGE = Pattern.compile("`(dev\\.waggle[a-z.]*)`");

  /** What the page for people says. */
  static List<String> namedByThePage() throws IOException {
    return PACKAGE.matcher(Files.readString(PAGE)).results().map(found -> found.group(1)).toList();
  }

  private Api() {}
}
