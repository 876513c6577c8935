package dev.waggle.simulator.run;

import dev.waggle.chain.Transaction;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.chain.ChainDisk;
import dev.waggle.simulator.node.SimulatedNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Has transactions wait at nodes that nobody has sent them, as if they had come long before the
 * block in which they are going to stand.
 */
final class Waiting {
  private final Simulation simulation;
  private final SplittableRandom random;

  Waiting(Simulation simulation, SplittableRandom random) {
    this.simulation = simulation;
    this.random = random;
  }

  /**
   * Gives each node that is up a share of what is going to be in a block.
   *
   * @param miner if each node lacks others, this one has all, or it could not mine them; if all
   *     lack the same, it is going to make these itself
   */
  void at(int miner, List<Transaction> fresh, double share, boolean apart) {
    if (share == 0) {
      return;
    }
    List<Transaction> same = drawn(fresh, share);
    for (SimulatedNode node : simulation.nodes()) {
      if (node.isUp()) {
        boolean isMiner = node.number() == miner;
        add(node, apart ? isMiner ? fresh : drawn(fresh, share) : same);
      }
    }
  }

  /** So many of them, in their order. */
  private List<Transaction> drawn(List<Transaction> all, double share) {
    int missing = all.size() - (int) Math.round(all.size() * share);
    Set<Integer> left = new HashSet<>();
    while (left.size() < missing) {
      left.add(random.nextInt(all.size()));
    }
    List<Transaction> drawn = new ArrayList<>(all.size() - missing);
    for (int i = 0; i < all.size(); i++) {
      if (!left.contains(i)) {
        drawn.add(all.get(i));
      }
    }
    return drawn;
  }

  private void add(SimulatedNode node, List<Transaction> transactions) {
    ChainDisk chain = simulation.chain(node.number());
    for (Transaction transaction : transactions) {
      MessageId id = transaction.id();
      GossipMessage message = transaction.toMessage();
      Examination examination = node.up().examine(id, message);
      chain.add(new Delivery(id, message, examination, null));
    }
  }
}
