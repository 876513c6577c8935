package dev.waggle.node.runtime;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.Transport;
import java.time.Duration;

/** How the connections of a dial come to be: from which port of this machine. */
@FunctionalInterface
interface Connector {
  /** As {@link Transport#dial}. */
  Transport.Dial dial(Endpoint remote, Duration limit, ConnectionListener listener);
}
