package dev.waggle.cli;

import dev.waggle.cli.config.OperatorAddress;
import dev.waggle.cli.page.Unbound;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.operator.page.LivePage;
import dev.waggle.ports.Endpoint;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --ui}: a page that shows a whole devnet. */
final class UiOption {
  /** Until a block has been looked at. */
  static final Duration BLOCK_EVERY = Duration.ofSeconds(3);

  @Option(
      names = "--ui",
      arity = "0..1",
      paramLabel = "[HOST:]PORT",
      fallbackValue = "0",
      description =
          "Show the network in the browser, at this address; a port alone is one of the loopback"
              + " address, and without any a free one is taken. Blocks are mined one after the other"
              + " and the nodes go on until Ctrl-C.")
  private @Nullable String address;

  boolean isGiven() {
    return address != null;
  }

  /**
   * Opens the page, and says where.
   *
   * @return null if nobody asked for it
   */
  @Nullable LivePage open(String title, PrintWriter out) {
    if (address == null) {
      return null;
    }
    try {
      LivePage page = LivePage.open(address("--ui", address), title);
      out.println("page: " + page.url());
      out.flush();
      return page;
    } catch (IOException e) {
      throw Unbound.problem("--ui", address, e);
    }
  }

  /** An address as an option has it. */
  static Endpoint address(String option, String text) {
    try {
      return OperatorAddress.parse(text);
    } catch (IllegalArgumentException _) {
      throw ConfigProblem.expected(option, text, OperatorAddress.type().expected());
    }
  }
}
