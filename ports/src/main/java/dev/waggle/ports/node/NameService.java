package dev.waggle.ports.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Knows the addresses of names: the system's resolver, or another one that whoever embeds a node
 * has. The node calls it on threads of its own, since most implementations block.
 */
@FunctionalInterface
public interface NameService {
  /**
   * Looks {@code name} up. May take as long as it likes: whoever asks stops waiting by itself. Safe
   * from any thread; the node never asks for one name twice at the same time.
   *
   * @return all addresses, those first that are preferred
   * @throws UnknownHostException if there are none
   */
  List<InetAddress> lookUp(String name) throws UnknownHostException;
}
