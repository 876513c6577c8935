package dev.waggle.node.runtime;

import dev.waggle.domain.addresses.Reach;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.nat.PortMapping;
import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port at which the node listens, as the routers before it know it. Safe from any thread. */
final class OpenedPort {
  private static final Logger log = LoggerFactory.getLogger(OpenedPort.class);

  private final PortMapping routers;
  private final Consumer<NodeEvent> events;
  private PortMapping.@Nullable Lease lease;
  private @Nullable Thread closing;
  private boolean closed;

  /**
   * A port that nobody was asked to open yet.
   *
   * @param events hears what becomes of it; called by any thread
   */
  OpenedPort(PortMapping routers, Consumer<NodeEvent> events) {
    this.routers = routers;
    this.events = events;
  }

  /**
   * Asks the routers, unless none is of use: where the node listens for its own machine only, or at
   * an address that everybody can dial; or if the node has failed already.
   */
  synchronized void open(@Nullable IpEndpoint listening) {
    if (!closed && listening != null && isBehindRouters(listening.address())) {
      lease = routers.open(listening.port(), new Posting());
    }
  }

  private static boolean isBehindRouters(IpAddress address) {
    boolean isLoopback = InetAddress.ofLiteral(address.toString()).isLoopbackAddress();
    return address.isUnspecified() || (Reach.of(address) == Reach.PRIVATE && !isLoopback);
  }

  /** Has the routers close it again, on a thread of its own: that may take a second. Idempotent. */
  synchronized void beginClosing() {
    closed = true;
    PortMapping.Lease opened = lease;
    if (opened != null && closing == null) {
      closing = Thread.ofPlatform().daemon().name("waggle-close-port").start(opened::close);
    }
  }

  void awaitClosed(Duration limit) throws InterruptedException {
    Thread begun;
    synchronized (this) {
      begun = closing;
    }
    if (begun != null && !begun.join(limit)) {
      log.warn("the routers have not closed the port within {}", limit);
    }
  }

  private final class Posting implements PortMapping.Observer {
    @Override
    public void mapped(Mapping mapping) {
      events.accept(new NodeEvent.Mapped(mapping));
    }

    @Override
    public void lost(Mapping mapping, String why) {
      events.accept(new NodeEvent.MappingLost(mapping, why));
    }

    @Override
    public void failed(String why) {
      events.accept(new NodeEvent.MappingFailed(why));
    }
  }
}
