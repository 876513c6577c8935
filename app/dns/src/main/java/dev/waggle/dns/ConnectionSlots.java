package dev.waggle.dns;

import dev.waggle.ports.IpSubnet;
import java.util.HashMap;
import java.util.Map;

/** How many connections there are, and of which networks. Safe from any thread. */
final class ConnectionSlots {
  private final int max;
  private final int maxOfPrefix;
  private final Map<IpSubnet, Integer> taken = new HashMap<>();
  private int total;

  ConnectionSlots(int max, int maxOfPrefix) {
    this.max = max;
    this.maxOfPrefix = maxOfPrefix;
  }

  /** Takes a slot for a connection from there; false if there is none. */
  synchronized boolean take(IpSubnet prefix) {
    int ofPrefix = taken.getOrDefault(prefix, 0);
    if (total >= max || ofPrefix >= maxOfPrefix) {
      return false;
    }
    taken.put(prefix, ofPrefix + 1);
    total++;
    return true;
  }

  /** Gives back a slot that was taken. */
  synchronized void giveBack(IpSubnet prefix) {
    taken.computeIfPresent(prefix, (key, count) -> count == 1 ? null : count - 1);
    total--;
  }
}
