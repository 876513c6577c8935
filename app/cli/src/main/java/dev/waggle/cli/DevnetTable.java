package dev.waggle.cli;

import dev.waggle.cli.devnet.DevnetProgress;
import dev.waggle.cli.devnet.DevnetReport;
import dev.waggle.cli.devnet.DevnetReport.BlockReport;
import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine;

/**
 * Shows a devnet as a table: on a terminal its last line lives, elsewhere lines appear when they
 * are final.
 */
final class DevnetTable implements DevnetProgress {
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintWriter out;
  private final boolean live;
  private int nodes;

  DevnetTable(PrintWriter out, boolean live) {
    this.out = out;
    this.live = live;
  }

  /** A table on stdout, or on stderr if stdout is for JSON. */
  static DevnetTable on(CommandLine command, boolean json) {
    boolean live =
        !json && Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    return new DevnetTable(json ? command.getErr() : command.getOut(), live);
  }

  @Override
  public void joining(int joined, int nodes, int links) {
    lively(
        "joining through one seed: %d links, %d of %d nodes have found the peers that they want"
            .formatted(links, joined, nodes));
  }

  @Override
  public void connected(DevnetReport soFar) {
    nodes = soFar.nodes();
    line(
        String.format(
            Locale.ROOT,
            "%d nodes listening after %.0f ms, %d links up %.0f ms later: %s, %s, %s",
            nodes,
            soFar.millisStart(),
            soFar.links(),
            soFar.millisConnect(),
            soFar.transport(),
            soFar.suite(),
            soFar.codec()));
    if (soFar.shape() != null) {
      line("shaped: " + soFar.shape());
    }
    line("height  block         miner     reached  median ms  last ms  transactions  KiB");
  }

  @Override
  public void spreading(BlockReport block) {
    lively(row(block));
  }

  @Override
  public void spread(BlockReport block) {
    line(row(block));
  }

  /**
   * Numbers stand under each other by their last digit. picocli's own table puts all cells to the
   * left, and prints itself as a whole.
   */
  private String row(BlockReport block) {
    return String.format(
        Locale.ROOT,
        "%6d  %-12s  %-8s  %7s  %9.1f  %7.1f  %12d  %3d",
        block.height(),
        block.hash().substring(0, 12),
        block.minedBy().substring(0, 8),
        block.reached() + "/" + nodes,
        block.millisP50(),
        block.millisMax(),
        block.transactions(),
        block.bytes() / 1024);
  }

  /** Where other lines about the devnet belong. */
  PrintWriter out() {
    return out;
  }

  /** The network stays, although all is done. */
  void staying() {
    line("the nodes go on until Ctrl-C, for the page");
  }

  void summary(DevnetReport report) {
    line(
        report.ok()
            ? "ok: every block reached every node, and all chains agree"
            : "failed: " + report.problem());
  }

  /** A line that the next one replaces. */
  private void lively(String text) {
    if (live) {
      out.print(ERASE_LINE + text);
      out.flush();
    }
  }

  private void line(String text) {
    out.println(live ? ERASE_LINE + text : text);
    out.flush();
  }
}
