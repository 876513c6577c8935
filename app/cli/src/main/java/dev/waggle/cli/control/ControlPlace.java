package dev.waggle.cli.control;

import dev.waggle.ports.Endpoint;
import java.nio.file.Path;

/** Where a node is asked. */
public sealed interface ControlPlace {
  /** At its socket's file. */
  record Socket(Path file) implements ControlPlace {
    @Override
    public String toString() {
      return file.toString();
    }
  }

  /**
   * Over TCP.
   *
   * @param tokenFile what lets us in
   */
  record Tcp(Endpoint address, Path tokenFile) implements ControlPlace {
    @Override
    public String toString() {
      return address.toString();
    }
  }
}
