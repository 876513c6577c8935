package dev.waggle.ports.transport;

import java.util.Map;
import java.util.Optional;

/**
 * What a node's owner decided about its transport, for whoever makes one.
 *
 * @param ioThreads how many threads shall serve connections; 0: as many as there are processors
 * @param source from which addresses of the machine it shall dial
 * @param options what only some transports know of, by name, as it was written: {@code netty_io}
 */
public record TransportSettings(
    int ioThreads, SourceAddresses source, Map<String, String> options) {
  /** Nothing was decided. */
  public static final TransportSettings DEFAULTS =
      new TransportSettings(0, SourceAddresses.ANY, Map.of());

  public TransportSettings {
    if (ioThreads < 0) {
      throw new IllegalArgumentException("there are no " + ioThreads + " threads");
    }
    options = Map.copyOf(options);
  }

  /** The value of an option, if there is one. */
  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }
}
