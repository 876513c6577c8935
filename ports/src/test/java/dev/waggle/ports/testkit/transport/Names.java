package dev.waggle.ports.testkit.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name server of a test. */
@FunctionalInterface
public interface Names {
  /** What a name resolves to, in the order of preference; called on any thread. */
  InetAddress[] lookUp(String name) throws UnknownHostException;
}
