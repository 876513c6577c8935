package dev.waggle.cli.devnet;

import dev.waggle.cli.events.Event;
import dev.waggle.cli.node.FullNode;
import dev.waggle.cli.page.PageEvents;
import dev.waggle.operator.page.LivePage;
import dev.waggle.operator.page.NodeReports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A devnet that people look at. Its nodes are told of by the thread that starts them. */
public final class Shown {
  private final Duration blockEvery;
  private final List<NodeReports> nodes = new ArrayList<>();

  /**
   * Prepares the page for so many nodes.
   *
   * @param blockEvery how long a block is looked at, where no transactions are gathered
   */
  public Shown(LivePage page, int nodes, Duration blockEvery) {
    this.blockEvery = blockEvery;
    for (int node = 0; node < nodes; node++) {
      this.nodes.add(page.node("node " + node));
    }
  }

  Duration blockEvery() {
    return blockEvery;
  }

  Consumer<Event> events(int node) {
    return new PageEvents(nodes.get(node));
  }

  void running(int index, FullNode node) {
    NodeReports reports = nodes.get(index);
    reports.running(node.control(), node.chain());
    var _ = node.failure().thenAccept(why -> reports.ended(why.toString()));
  }
}
