package dev.waggle.cli.simulate;

import dev.waggle.chain.Block;
import dev.waggle.chain.Transaction;
import dev.waggle.cli.shape.RateText;
import dev.waggle.node.config.DurationText;
import dev.waggle.simulator.network.Tcp;
import dev.waggle.simulator.places.Places;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.Workload;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The network, and what is published in it. */
public final class ScenarioOptions {
  private static final int MAX_SEEDS = 256;

  private static final int MAX_PUBLISHED = 1_000_000;

  /** A hundred days: longer than anybody simulates, and far within the nanoseconds of a long. */
  private static final Duration LONGEST = Duration.ofDays(100);

  private static final Duration LEAST_LATENCY = Duration.ofMillis(1);
  private static final Duration MOST_LATENCY = Duration.ofSeconds(30);

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "How many nodes, 2 to "
              + Scenario.MAX_NODES
              + ". Default: ${DEFAULT-VALUE}; with --calibrate "
              + CalibrateOptions.NODES
              + ".")
  private int nodes;

  @Option(
      names = "--outbound",
      paramLabel = "N",
      defaultValue = "8",
      description = "Links that each node dials for. Default: ${DEFAULT-VALUE}.")
  private int outbound;

  @Option(
      names = "--max-inbound",
      paramLabel = "N",
      defaultValue = "117",
      description = "Links of others' dialling that each node holds. Default: ${DEFAULT-VALUE}.")
  private int maxInbound;

  @Option(
      names = "--known",
      paramLabel = "N",
      defaultValue = "12",
      description = "Addresses of others that each node is told. Default: ${DEFAULT-VALUE}.")
  private int known;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Have all nodes join through the first N, and find the others from there, each in a"
              + " network group of its own; 0: each dials only those that it is told."
              + " Default: ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(
      names = "--blocks",
      paramLabel = "N",
      defaultValue = "20",
      description = "Blocks, each mined by a node drawn at random. Default: ${DEFAULT-VALUE}.")
  private int blocks;

  @Option(
      names = "--block-every",
      paramLabel = "TIME",
      defaultValue = "10s",
      converter = Quantities.Time.class,
      description = "Between two blocks. Default: ${DEFAULT-VALUE}; with --calibrate 6s.")
  private Duration blockEvery = Duration.ZERO;

  @Option(
      names = "--block-bytes",
      paramLabel = "BYTES",
      defaultValue = "1MiB",
      converter = Quantities.Bytes.class,
      description =
          "Length of each block, "
              + Block.OVERHEAD
              + " to "
              + Block.MAX_BYTES
              + " bytes."
              + " Default: ${DEFAULT-VALUE}.")
  private int blockBytes;

  @Option(
      names = "--block-transactions",
      paramLabel = "N",
      defaultValue = "180",
      description =
          "Transactions in each block, at least, if so many fit in: each has "
              + Transaction.OVERHEAD
              + " bytes and what it says. Default: ${DEFAULT-VALUE}.")
  private int blockTransactions;

  @Option(
      names = "--transactions",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Transactions that are spread by themselves, each by a node drawn at random."
              + " Default: ${DEFAULT-VALUE}.")
  private int transactions;

  @Option(
      names = "--transaction-bytes",
      paramLabel = "BYTES",
      defaultValue = "5500",
      converter = Quantities.Bytes.class,
      description =
          "Length of each of them, "
              + Transaction.OVERHEAD
              + " bytes to 64KiB. Default: ${DEFAULT-VALUE}.")
  private int transactionBytes;

  @Option(
      names = "--places",
      paramLabel = "FILE",
      description =
          "Where nodes are, and how far apart: a table as 'places.csv' in the sources. Default:"
              + " regions of the world, by public measurements.")
  private @Nullable Path places;

  @Option(
      names = "--latency",
      paramLabel = "TIME",
      converter = Quantities.Time.class,
      description = "One way, between any two nodes, instead of places.")
  private @Nullable Duration latency;

  @Option(
      names = "--jitter",
      paramLabel = "PART",
      defaultValue = "0.1",
      description =
          "Up to which part of its latency a packet takes longer, 0 to 10."
              + " Default: ${DEFAULT-VALUE}.")
  private double jitter;

  @Option(
      names = "--bandwidth",
      paramLabel = "RATE",
      defaultValue = "50Mbit",
      converter = Quantities.Rate.class,
      description =
          "Of each node's line, each way, or '"
              + RateText.UNLIMITED
              + "'. Default: ${DEFAULT-VALUE}.")
  private long bandwidth;

  @Option(
      names = "--initial-window",
      paramLabel = "BYTES",
      converter = Quantities.Bytes.class,
      defaultValue = "14600",
      description =
          "What a connection may have under way at first, and after a pause; it doubles each round"
              + " trip. Default: ${DEFAULT-VALUE}, ten segments.")
  private int initialWindow;

  @Option(
      names = "--undialable",
      paramLabel = "PART",
      defaultValue = "0",
      description =
          "The part of nodes that nobody can dial, 0 to 1, as behind routers."
              + " Default: ${DEFAULT-VALUE}.")
  private double undialable;

  @Option(
      names = "--resets-per-hour",
      paramLabel = "N",
      defaultValue = "0",
      description = "How often a connection is lost, on average. Default: ${DEFAULT-VALUE}.")
  private double resetsPerHour;

  @Option(
      names = "--settle",
      paramLabel = "TIME",
      defaultValue = "20s",
      converter = Quantities.Time.class,
      description =
          "From the first start of a node to the first block; nodes start in the first half."
              + " Default: ${DEFAULT-VALUE}.")
  private Duration settle = Duration.ZERO;

  @Option(
      names = "--drain",
      paramLabel = "TIME",
      defaultValue = "20s",
      converter = Quantities.Time.class,
      description = "From the last block to the end. Default: ${DEFAULT-VALUE}.")
  private Duration drain = Duration.ZERO;

  /** What was asked for. */
  public Scenario scenario() {
    Duration blocksTake =
        within("--block-every", blockEvery, Duration.ZERO, LONGEST)
            .multipliedBy(Math.max(1, within("--blocks", blocks, 0)));
    if (blocksTake.compareTo(LONGEST) > 0) {
      throw problem(
          "--blocks times --block-every: expected at most " + DurationText.format(LONGEST));
    }
    if (seeds > 0 && spec.commandLine().getParseResult().hasMatchedOption("--known")) {
      throw problem(
          "--known and --seeds exclude each other: with seeds, nodes are told of these alone");
    }
    Duration settles = within("--settle", settle, Duration.ZERO, LONGEST).dividedBy(2);
    Workload workload =
        new Workload(
            blocks,
            blockEvery,
            within("--block-bytes", blockBytes, Block.OVERHEAD, Block.MAX_BYTES),
            within("--block-transactions", blockTransactions, 0, Block.MAX_TRANSACTIONS),
            within("--transactions", transactions, 0),
            within(
                "--transaction-bytes",
                transactionBytes,
                Transaction.OVERHEAD,
                Transaction.MAX_BYTES),
            blocksTake);
    return new Scenario(
        within("--nodes", nodes, 2, Scenario.MAX_NODES),
        within("--outbound", outbound, 0, 1000),
        within("--max-inbound", maxInbound, 0, 10_000),
        within("--known", known, 0, 1000),
        within("--seeds", seeds(), 0, Math.min(nodes, MAX_SEEDS)),
        places(),
        within("--jitter", jitter, 10),
        bandwidth,
        bandwidth,
        within("--undialable", undialable, 1),
        within("--resets-per-hour", resetsPerHour, 1e6),
        new Tcp(
            Tcp.LINUX.segmentBytes(),
            within(
                "--initial-window",
                initialWindow,
                Tcp.LINUX.segmentBytes(),
                Tcp.LINUX.maxWindowBytes()),
            Tcp.LINUX.maxWindowBytes()),
        settles,
        settles,
        workload,
        within("--drain", drain, Duration.ZERO, LONGEST));
  }

  /** Who is behind a router cannot be told of: all join through some who are not. */
  private int seeds() {
    ParseResult given = spec.commandLine().getParseResult();
    return given.hasMatchedOption("--private") && !given.hasMatchedOption("--seeds")
        ? Math.min(nodes, RouterOptions.SEEDS)
        : seeds;
  }

  private Places places() {
    if (latency != null && places != null) {
      throw problem("--latency and --places exclude each other: give one of them");
    }
    if (latency != null) {
      return Places.uniform(within("--latency", latency, LEAST_LATENCY, MOST_LATENCY));
    }
    return places == null ? Places.world() : Places.read(places);
  }

  private int within(String option, int value, int least) {
    return within(option, value, least, MAX_PUBLISHED);
  }

  private int within(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw problem(
          "%s: expected a whole number from %d to %d, not %d"
              .formatted(option, least, most, value));
    }
    return value;
  }

  private double within(String option, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw problem("%s: expected a number from 0 to %s, not %s".formatted(option, most, value));
    }
    return value;
  }

  private Duration within(String option, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw problem(
          "%s: expected a time from %s to %s, not %s"
              .formatted(option, words(least), words(most), words(value)));
    }
    return value;
  }

  private static String words(Duration time) {
    return time.isZero() ? "0s" : DurationText.format(time);
  }

  private ParameterException problem(String words) {
    return new ParameterException(spec.commandLine(), words);
  }
}
