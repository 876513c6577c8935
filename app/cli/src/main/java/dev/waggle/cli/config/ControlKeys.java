package dev.waggle.cli.config;

import dev.waggle.node.config.ConfigKey;
import dev.waggle.node.config.ValueType;
import dev.waggle.ports.Endpoint;
import java.nio.file.Path;
import java.util.Optional;

/** The keys that say where a running node is controlled. */
public final class ControlKeys {
  /** The token's file, in the data directory. */
  public static final String TOKEN_FILE = "control.token";

  private static final String OFF = "off";

  /** A path, relative to the data directory; empty for no socket. */
  public static final ConfigKey<Optional<Path>> CONTROL_SOCKET =
      ConfigKey.of(
          "control_socket",
          ValueType.of("FILE|off", "a path, or off", ControlKeys::parseFile, _ -> true),
          "control.sock",
          "The socket by which 'waggle status' and others reach the node, in the data directory if"
              + " its path is relative.");

  public static final ConfigKey<Optional<Endpoint>> CONTROL_ADDR =
      ConfigKey.of(
          "control_addr",
          ValueType.optional(ValueType.endpoint()),
          "",
          "Control the node over TCP too, at this address, for whoever has the token in "
              + TOKEN_FILE
              + " in the data directory. Not encrypted.");

  private static Optional<Path> parseFile(String text) {
    return text.isBlank() || text.equals(OFF)
        ? Optional.empty()
        : Optional.of(ValueType.path().parser().apply(text));
  }

  private ControlKeys() {}
}
