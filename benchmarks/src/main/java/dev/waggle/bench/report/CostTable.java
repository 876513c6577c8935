package dev.waggle.bench.report;

import dev.waggle.bench.BlockBenchmark.Shape;
import dev.waggle.simulator.costs.Cost;
import dev.waggle.simulator.costs.CostsWriter;
import dev.waggle.simulator.costs.Work;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The table of what work costs a node, for the simulator: what must be measured for it, and what
 * follows from that.
 *
 * <p>A cost is a sum of parts, so each work is measured as often as it has parts, with sizes far
 * apart; the parts are what makes the sums right. What counts is the quickest iteration of each:
 * whatever else uses the machine at the same time can only add to what the work takes.
 */
final class CostTable {
  private static final String MODE = "costs";
  private static final String HANDSHAKE = "HandshakeBenchmark.inTurn";
  private static final String RECORD = "RecordBenchmark.message";
  private static final String HASH = "MessageIdBenchmark.id";
  private static final String KNOWN = "GossipRouterBenchmark.duplicate";
  private static final String NEW = "GossipRouterBenchmark.fresh";
  private static final String ANNOUNCEMENT = "GossipRouterBenchmark.announce";
  private static final String EXAMINE_BLOCK = "BlockBenchmark.examine";
  private static final String KEEP_BLOCK = "BlockBenchmark.keep";
  private static final String EXAMINE_TRANSACTION = "TransactionBenchmark.examine";
  private static final String KEEP_TRANSACTION = "TransactionBenchmark.keep";
  private static final String EXAMINE_HEADERS = "HeaderBenchmark.examine";
  private static final String FIND_HEADERS = "HeaderBenchmark.find";

  private static final String[] SUITES = {
    "mlkem768-mldsa65", "mlkem1024-mldsa87", "x25519mlkem768-mldsa65"
  };
  private static final String CRYPTO = "AUTO";
  private static final int SHORT = 256;
  private static final int RECORDS_MOST = 32_768;
  private static final int LONG = 65_536;
  private static final int FEW_PEERS = 8;
  private static final int MANY_PEERS = 50;

  /** Of what is better the more it is, and the less. */
  private static final String MOST = "100.0";

  private static final String LEAST = "0.0";
  private static final double NANOS_PER_SECOND = 1e9;

  /** More than are known. */
  private static final MathContext DIGITS = new MathContext(4);

  private static final List<String> MEANING =
      List.of(
          "What work costs a node, in nanoseconds of one core: each time, and for each byte and each",
          "item that it is about. Items are the peers that a new message is told to, the ids of an",
          "announcement, the transactions of a block, and headers. Of several iterations the quickest",
          "counts.",
          "");

  private final Results results;

  CostTable(Results results) {
    this.results = results;
  }

  /** What it needs: some three minutes. */
  static Plan plan() {
    String[] shapes = Arrays.stream(Shape.values()).map(Enum::name).toArray(String[]::new);
    Rhythm router = new Rhythm(1, 4000, 3, 700, 9, 250);
    return new Plan(
        MODE,
        List.of(
            Group.of(new Rhythm(1, 1300, 10, 1000, 9, 500), HANDSHAKE)
                .with("suite", SUITES)
                .with("crypto", CRYPTO),
            Group.of(new Rhythm(1, 3000, 4, 700, 9, 300), RECORD)
                .with("bytes", text(SHORT), text(RECORDS_MOST)),
            Group.of(new Rhythm(1, 1300, 3, 500, 9, 250), HASH)
                .with("bytes", text(SHORT), text(LONG)),
            Group.of(router, KNOWN, ANNOUNCEMENT).with("peers", text(FEW_PEERS)),
            Group.of(router, NEW).with("peers", text(FEW_PEERS), text(MANY_PEERS)),
            Group.of(new Rhythm(1, 2500, 4, 700, 9, 300), EXAMINE_BLOCK).with("shape", shapes),
            Group.of(new Rhythm(1, 2500, 100, 10, 100, 10), KEEP_BLOCK).with("shape", shapes),
            Group.of(new Rhythm(1, 4500, 4, 700, 9, 700), EXAMINE_TRANSACTION),
            Group.of(new Rhythm(1, 2500, 50, 10, 50, 10), KEEP_TRANSACTION),
            Group.of(new Rhythm(1, 2500, 4, 700, 9, 300), EXAMINE_HEADERS, FIND_HEADERS)));
  }

  /**
   * The table as a file.
   *
   * @param origin lines that say where and when it was measured
   * @throws BenchFailed if something was not measured
   */
  String text(List<String> origin) {
    List<String> comments = new ArrayList<>(MEANING);
    comments.addAll(origin);
    CostsWriter writer = new CostsWriter(comments);
    for (String suite : SUITES) {
      Measurement handshake = measurement(HANDSHAKE, Map.of("suite", suite, "crypto", CRYPTO));
      writer.put(Work.OFFER, suite, cost(part(handshake, "offerNanos"), 0, 0));
      writer.put(Work.ACCEPTANCE, suite, cost(part(handshake, "acceptanceNanos"), 0, 0));
      writer.put(Work.CONFIRMATION, suite, cost(part(handshake, "confirmationNanos"), 0, 0));
      writer.put(Work.ADMISSION, suite, cost(part(handshake, "admissionNanos"), 0, 0));
    }
    writer.put(Work.SEAL, record("sealNanos"));
    writer.put(Work.OPEN, record("openNanos"));
    Cost hash = line(SHORT, hashNanos(SHORT), LONG, hashNanos(LONG));
    writer.put(Work.HASH, hash);
    writer.put(Work.KNOWN_MESSAGE, cost(nanos(KNOWN, peers(FEW_PEERS)), 0, 0));
    writer.put(Work.NEW_MESSAGE, newMessage(hash));
    writer.put(Work.ANNOUNCEMENT, cost(0, 0, nanos(ANNOUNCEMENT, peers(FEW_PEERS))));
    writer.put(Work.EXAMINE_BLOCK, block(EXAMINE_BLOCK));
    writer.put(Work.KEEP_BLOCK, block(KEEP_BLOCK));
    writer.put(Work.EXAMINE_TRANSACTION, cost(nanos(EXAMINE_TRANSACTION, Map.of()), 0, 0));
    writer.put(Work.KEEP_TRANSACTION, cost(nanos(KEEP_TRANSACTION, Map.of()), 0, 0));
    writer.put(Work.EXAMINE_HEADERS, cost(0, 0, nanos(EXAMINE_HEADERS, Map.of())));
    writer.put(Work.FIND_HEADERS, cost(0, 0, nanos(FIND_HEADERS, Map.of())));
    return writer.text();
  }

  private static String text(int number) {
    return Integer.toString(number);
  }

  private static Map<String, String> bytes(int number) {
    return Map.of("bytes", text(number));
  }

  private static Map<String, String> peers(int number) {
    return Map.of("peers", text(number));
  }

  private double hashNanos(int bytes) {
    return nanos(HASH, bytes(bytes));
  }

  private static double part(Measurement handshake, String counter) {
    return counted(handshake, counter, "handshakes");
  }

  private Cost record(String counter) {
    return line(
        SHORT,
        counted(measurement(RECORD, bytes(SHORT)), counter, "records"),
        RECORDS_MOST,
        counted(measurement(RECORD, bytes(RECORDS_MOST)), counter, "records"));
  }

  /** The benchmark computes the id of each message, which is a work of its own. */
  private Cost newMessage(Cost hash) {
    double few = nanos(NEW, peers(FEW_PEERS));
    double many = nanos(NEW, peers(MANY_PEERS));
    double perPeer = Math.max(0, (many - few) / (MANY_PEERS - FEW_PEERS));
    return cost(few - FEW_PEERS * perPeer - hash.nanos(SHORT, 0), 0, perPeer);
  }

  /** Two unknowns in two equations, once what an empty block costs is taken from both. */
  private Cost block(String benchmark) {
    double each = blockNanos(benchmark, Shape.EMPTY);
    double heavy = blockNanos(benchmark, Shape.HEAVY) - each;
    double crowded = blockNanos(benchmark, Shape.CROWDED) - each;
    double heavyBytes = Shape.HEAVY.bytes();
    double heavyItems = Shape.HEAVY.transactions();
    double crowdedBytes = Shape.CROWDED.bytes();
    double crowdedItems = Shape.CROWDED.transactions();
    double determinant = heavyBytes * crowdedItems - crowdedBytes * heavyItems;
    double perByte = (heavy * crowdedItems - crowded * heavyItems) / determinant;
    double perItem = (crowded * heavyBytes - heavy * crowdedBytes) / determinant;
    return cost(each, perByte, perItem);
  }

  private double blockNanos(String benchmark, Shape shape) {
    return nanos(benchmark, Map.of("shape", shape.name()));
  }

  /** The cost by bytes that two sizes lie on. */
  private static Cost line(int few, double nanosOfFew, int many, double nanosOfMany) {
    double perByte = (nanosOfMany - nanosOfFew) / (many - few);
    return cost(nanosOfFew - few * perByte, perByte, 0);
  }

  /** What is too little to be seen beside the rest may come out below nothing. */
  private static Cost cost(double each, double perByte, double perItem) {
    return new Cost(rounded(each), rounded(perByte), rounded(perItem));
  }

  private static double rounded(double nanos) {
    return new BigDecimal(Math.max(0, nanos)).round(DIGITS).doubleValue();
  }

  private Measurement measurement(String benchmark, Map<String, String> params) {
    Key key = new Key(benchmark, params);
    return results
        .find(key)
        .orElseThrow(() -> new BenchFailed(key + " was not measured: " + results.whyNot(key)));
  }

  /** Of one operation; all that is measured here counts operations a second, or nanoseconds. */
  private double nanos(String benchmark, Map<String, String> params) {
    Measurement measurement = measurement(benchmark, params);
    return measurement.moreIsBetter()
        ? NANOS_PER_SECOND / percentile(measurement, MOST)
        : percentile(measurement, LEAST);
  }

  private static double percentile(Measurement measurement, String name) {
    return Objects.requireNonNull(measurement.percentile(name)).value();
  }

  /** A part of one operation, of which each iteration counted both. */
  private static double counted(Measurement measurement, String nanos, String operations) {
    List<Double> parts = measurement.iterations().getOrDefault(nanos, List.of());
    List<Double> wholes = measurement.iterations().getOrDefault(operations, List.of());
    return IntStream.range(0, Math.min(parts.size(), wholes.size()))
        .filter(i -> wholes.get(i) > 0)
        .mapToDouble(i -> parts.get(i) / wholes.get(i))
        .min()
        .orElseThrow(() -> new BenchFailed(measurement.key() + " has counted no " + nanos));
  }
}
