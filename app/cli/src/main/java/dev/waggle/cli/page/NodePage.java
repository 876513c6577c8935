package dev.waggle.cli.page;

import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.events.Event;
import dev.waggle.cli.node.FullNode;
import dev.waggle.operator.page.LivePage;
import dev.waggle.operator.page.NodeReports;
import dev.waggle.ports.Endpoint;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * The page of a node that has the process for itself. Opened before the node, so that it misses
 * nothing. Safe from any thread.
 */
public final class NodePage implements Consumer<Event>, AutoCloseable {
  private final LivePage page;
  private final NodeReports reports;
  private final PageEvents events;

  private NodePage(LivePage page) {
    this.page = page;
    this.reports = page.node("this node");
    this.events = new PageEvents(reports);
  }

  /**
   * Opens the page where the setting says.
   *
   * @throws dev.waggle.node.config.ConfigProblem if it cannot be there
   */
  public static NodePage open(Endpoint address, CliConfig config) {
    try {
      return new NodePage(LivePage.open(address, "A node of " + config.node().network()));
    } catch (IOException e) {
      throw Unbound.problem(CliKeys.UI_ADDR.name(), address.toString(), e);
    }
  }

  @Override
  public void accept(Event event) {
    events.accept(event);
  }

  /** The node has started. */
  public void running(FullNode node) {
    reports.running(node.control(), node.chain());
  }

  /** What to type into a browser on this machine. */
  public String url() {
    return page.url();
  }

  @Override
  public void close() {
    page.close();
  }
}
