package dev.waggle.simulator.run;

import dev.waggle.simulator.faults.Fault;
import org.jspecify.annotations.Nullable;

/**
 * How long a network took to heal from a fault, from its end on; whatever else was wrong then.
 *
 * @param heardNanos until a message came from one side of a partition to the other, between nodes
 *     that keep to the protocol; null for other faults, and if none ever came
 * @param agreedNanos until the chains of all nodes that keep to the protocol had one tip, where a
 *     node that is down counts with what it had; 0 if they had one at the end; null if never since
 */
public record Healing(Fault fault, @Nullable Long heardNanos, @Nullable Long agreedNanos) {
  public boolean isOfPartition() {
    return fault instanceof Fault.Partition;
  }
}
