package dev.waggle.cli.nat;

import dev.waggle.cli.control.ControlClient;
import dev.waggle.cli.control.ControlFailed;
import dev.waggle.cli.control.ControlPlace;
import dev.waggle.cli.process.NodeProcess;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/** A node, {@code waggle run}, at a host of the lab, in a process of its own. */
final class LabNode implements AutoCloseable {
  /** Where all of them listen. */
  static final int PORT = 9000;

  private final Host host;
  private final NodeProcess process;
  private final ControlClient control;

  private LabNode(Host host, Path dataDir, NodeProcess process) {
    this.host = host;
    this.process = process;
    this.control = new ControlClient(new ControlPlace.Socket(dataDir.resolve("control.sock")));
  }

  /**
   * Starts a node, which listens at all addresses of IPv4.
   *
   * @param dir where it gets a folder
   * @param more settings, as flags
   */
  static LabNode start(Host host, Path dir, String... more) throws IOException {
    return startAt("0.0.0.0:" + PORT, host, dir, more);
  }

  /** The same, which listens at an address, host:port. */
  static LabNode startAt(String address, Host host, Path dir, String... more) throws IOException {
    Path dataDir = dir.resolve(host.name());
    return new LabNode(
        host, dataDir, NodeProcess.startWithin(host.namespace().command(), dataDir, address, more));
  }

  Host host() {
    return host;
  }

  NodeProcess process() {
    return process;
  }

  /** Where a public one is dialled: PEERID@HOST:PORT. */
  String seed() throws InterruptedException {
    return process.peerId() + "@" + host.outside() + ":" + PORT;
  }

  /** The link with another node, as soon as there is one: its event. */
  JsonNode awaitLink(LabNode other) throws InterruptedException {
    String peerId = other.process.peerId();
    return process.await("peer-connected", event -> event.get("peerId").asString().equals(peerId));
  }

  /** Dials an address now; the answer to {@code connect}. */
  JsonNode connect(String address) throws InterruptedException, ControlFailed {
    process.awaitControl();
    return control.ask("connect", ControlClient.params().put("address", address));
  }

  @Override
  public void close() {
    process.close();
  }

  @Override
  public String toString() {
    return host.name();
  }
}
