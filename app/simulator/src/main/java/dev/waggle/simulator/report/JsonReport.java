package dev.waggle.simulator.report;

import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.places.Places;
import dev.waggle.simulator.run.Healing;
import dev.waggle.simulator.run.LateResult;
import dev.waggle.simulator.run.RelayResult;
import dev.waggle.simulator.run.RunResult;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.SpreadResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * What came out of a run, for programs. Its JSON is an interface that scripts rely on: fields may
 * be added, and nothing else may change. What has no figure is null: a block that half of the nodes
 * never had has no {@code millisP50}.
 *
 * @param scenario as it was asked for; durations as in ISO 8601, places by their names
 * @param traceHash 16 hexadecimal digits
 * @param bytesOfMemoryPerNode null if that was not asked for
 * @param whole whether every block came to all nodes, and all chains agree
 * @param transactions each of them, or none if there are more than {@value #MOST_SINGLE}
 * @param overhead bytes sent for each byte of use
 * @param degrees how many nodes had how many links in the end
 * @param faults what went wrong on purpose, in the order of the plan
 * @param tips chains that differ, among the nodes that are up in the end
 * @param astray the nodes whose chain is not that of most
 * @param secondsAgreed virtual time since when all chains agree
 * @param late those that came late, and had nothing of a chain that was there
 * @param reach how nodes fared that are behind routers; null if none are
 */
public record JsonReport(
    Scenario scenario,
    long seed,
    String fidelity,
    String suite,
    String traceHash,
    double secondsVirtual,
    double secondsReal,
    long events,
    double eventsPerSecond,
    @Nullable Long bytesOfMemoryPerNode,
    boolean whole,
    List<MessageReport> blocks,
    GroupReport blocksTogether,
    List<MessageReport> transactions,
    GroupReport transactionsTogether,
    SortedMap<String, Long> messages,
    long sentBytes,
    long usefulBytes,
    @Nullable Double overhead,
    long rejected,
    SortedMap<String, Long> failures,
    List<DegreeReport> degrees,
    List<FaultReport> faults,
    int tips,
    List<Integer> astray,
    @Nullable Double secondsAgreed,
    List<LateReport> late,
    @Nullable ReachReport reach) {

  /** Transactions that are told one by one; each has a hundred figures, and a run has thousands. */
  public static final int MOST_SINGLE = 20;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new SimpleModule().addSerializer(Places.class, new NamesOfPlaces()))
          .build();

  /**
   * How a message spread.
   *
   * @param publisher the number of the node
   * @param secondsAt virtual time when it was published
   * @param reached how many nodes had it, its publisher included
   * @param millisP50 until half of all nodes had it
   * @param millisLast until all nodes had it
   * @param millisByPercent until 0, 1, 2 and so on to 100 hundredths of all nodes had it
   * @param duplicates copies beyond the first that came to a node, on average; of a block also
   *     those without its items
   * @param relay of a block: what it took to bring it to everybody; null of anything else
   */
  public record MessageReport(
      String id,
      int publisher,
      double secondsAt,
      int bytes,
      int reached,
      @Nullable Double millisP50,
      @Nullable Double millisP90,
      @Nullable Double millisP99,
      @Nullable Double millisLast,
      List<@Nullable Double> millisByPercent,
      double hopsMean,
      int hopsMax,
      double duplicates,
      @Nullable RelayReport relay) {
    private static MessageReport of(SpreadResult message) {
      return new MessageReport(
          message.id().hex(),
          message.publisher(),
          seconds(message.publishedNanos()),
          message.bytes(),
          message.reached(),
          rounded(message.coverage().at(50)),
          rounded(message.coverage().at(90)),
          rounded(message.coverage().at(99)),
          rounded(message.coverage().last()),
          curve(message),
          message.meanHops(),
          message.mostHops(),
          message.duplicates(),
          message.relay() == null ? null : RelayReport.of(message.relay()));
    }

    private static List<@Nullable Double> curve(SpreadResult message) {
      List<@Nullable Double> curve = new ArrayList<>();
      message.coverage().millis().forEach(millis -> curve.add(rounded(millis)));
      return curve;
    }
  }

  /**
   * How many messages spread.
   *
   * @param bytes of all of them
   * @param whole how many came to every node
   * @param reachedMin nodes that had the one which reached the fewest
   * @param millisP50 until half of all nodes had it, over all messages
   * @param relay of blocks: what it took to bring them to everybody; null if there are none
   */
  public record GroupReport(
      int count,
      long bytes,
      int whole,
      int reachedMin,
      AcrossReport millisP50,
      AcrossReport millisP90,
      AcrossReport millisP99,
      AcrossReport millisLast,
      @Nullable Double hopsMean,
      int hopsMax,
      @Nullable Double duplicates,
      @Nullable RelaysReport relay) {
    private static GroupReport of(Summary summary) {
      return new GroupReport(
          summary.messages(),
          summary.bytes(),
          summary.whole(),
          summary.leastReached(),
          AcrossReport.of(summary.p50()),
          AcrossReport.of(summary.p90()),
          AcrossReport.of(summary.p99()),
          AcrossReport.of(summary.last()),
          orNull(summary.meanHops()),
          summary.mostHops(),
          orNull(summary.duplicates()),
          summary.relay() == null ? null : RelaysReport.of(summary.relay()));
    }
  }

  /**
   * What it took to bring a block to all nodes that got it from others. Bytes are those of encoded
   * messages, without records and what is below them.
   *
   * @param bytes of all messages that carried it, or a part of it, or spoke of it
   * @param usefulBytes what had to be sent at least: to a node that takes compact blocks once the
   *     block without items, and once those that it lacked; to any other node the whole block once
   * @param overhead bytes for each byte of use
   * @param nodeOverheadP50 of half of the nodes at most so many bytes came for each of use
   * @param nodeOverheadP99 likewise of 99 in a hundred
   * @param unasked nodes that put it together without having asked anybody for anything
   * @param onRequest nodes that put it together from a compact form, which they had to ask for
   * @param withItems nodes that put it together, and had to ask for items
   * @param inOnePiece nodes that got it whole
   * @param messages those, by what they are
   */
  public record RelayReport(
      long bytes,
      long usefulBytes,
      @Nullable Double overhead,
      @Nullable Double nodeOverheadP50,
      @Nullable Double nodeOverheadP99,
      int unasked,
      int onRequest,
      int withItems,
      int inOnePiece,
      SortedMap<String, RelayResult.Traffic> messages) {
    private static RelayReport of(RelayResult relay) {
      return new RelayReport(
          relay.bytes(),
          relay.usefulBytes(),
          orNull(relay.overhead()),
          orNull(relay.nodeP50()),
          orNull(relay.nodeP99()),
          relay.unasked(),
          relay.onRequest(),
          relay.withItems(),
          relay.whole(),
          relay.messages());
    }
  }

  /**
   * What it took to bring blocks to all nodes that got them from others, taken together.
   *
   * @param bytes as of one block; of all of them
   * @param bytesPerBlock on average
   * @param overhead bytes for each byte of use, of all blocks
   * @param overheadByBlock of one block, over all of them
   * @param nodeOverheadP99 what was at most so with 99 in a hundred nodes, over all blocks
   * @param unasked nodes, over all blocks
   */
  public record RelaysReport(
      long bytes,
      long bytesPerBlock,
      long usefulBytes,
      @Nullable Double overhead,
      AcrossReport overheadByBlock,
      AcrossReport nodeOverheadP50,
      AcrossReport nodeOverheadP99,
      long unasked,
      long onRequest,
      long withItems,
      long inOnePiece,
      SortedMap<String, RelayResult.Traffic> messages) {
    private static RelaysReport of(RelaySummary relay) {
      return new RelaysReport(
          relay.bytes(),
          relay.bytes() / relay.blocks(),
          relay.usefulBytes(),
          orNull(relay.overhead()),
          AcrossReport.of(relay.overheadByBlock()),
          AcrossReport.of(relay.nodeP50()),
          AcrossReport.of(relay.nodeP99()),
          relay.unasked(),
          relay.onRequest(),
          relay.withItems(),
          relay.whole(),
          relay.messages());
    }
  }

  /** Of one figure of many messages the median, the slowest in a hundred, and the slowest. */
  public record AcrossReport(@Nullable Double p50, @Nullable Double p99, @Nullable Double max) {
    private static AcrossReport of(Summary.Across across) {
      return new AcrossReport(
          rounded(across.median()), rounded(across.p99()), rounded(across.worst()));
    }
  }

  /**
   * A fault, and how long it took to heal from it, from its end on.
   *
   * @param kind as in a plan
   * @param who as in a plan: numbers of nodes, or a part of them
   * @param how as in a plan
   * @param secondsUntilHeard until a message came from one side of a partition to the other; null
   *     if none did, and for other faults
   * @param secondsUntilAgreed until all chains agreed, 0 if they did at the end of the fault; null
   *     if they never did, or it lasted longer than the run
   */
  public record FaultReport(
      String kind,
      double secondsFrom,
      double secondsLasts,
      String who,
      String how,
      @Nullable Double secondsUntilHeard,
      @Nullable Double secondsUntilAgreed) {
    private static FaultReport of(Healing healing) {
      Fault fault = healing.fault();
      return new FaultReport(
          fault.kind(),
          seconds(fault.from().toNanos()),
          seconds(fault.lasts().toNanos()),
          fault.who().text(),
          fault.manner(),
          healing.heardNanos() == null ? null : seconds(healing.heardNanos()),
          healing.agreedNanos() == null ? null : seconds(healing.agreedNanos()));
    }
  }

  /**
   * How a node fared that came late.
   *
   * @param blocks of its own chain in the end
   * @param wanted blocks of the chain that was there
   * @param secondsUntilWhole from its start until it had them all; null if it never had
   * @param receivedBytes over its line until then, or until the end
   * @param neededBytes of the blocks that were there, each once and encoded
   * @param secondsNeeded that these take on its line; null if that has no limit
   * @param timeOverNeeded how many times as long it took
   * @param bytesOverNeeded bytes for each byte needed
   * @param heldUp blocks that it has asked of another peer, since the first one did not send them
   * @param givenUp chains of headers that have come to nothing
   */
  public record LateReport(
      int node,
      long blocks,
      int wanted,
      @Nullable Double secondsUntilWhole,
      long receivedBytes,
      long neededBytes,
      @Nullable Double secondsNeeded,
      @Nullable Double timeOverNeeded,
      @Nullable Double bytesOverNeeded,
      long heldUp,
      long givenUp) {
    private static LateReport of(LateResult late) {
      return new LateReport(
          late.node(),
          late.blocks(),
          late.wanted(),
          late.wholeNanos() == null ? null : seconds(late.wholeNanos()),
          late.receivedBytes(),
          late.neededBytes(),
          late.neededNanos() == 0 ? null : seconds(late.neededNanos()),
          orNull(late.timeOverNeeded()),
          orNull(late.bytesOverNeeded()),
          late.heldUp(),
          late.givenUp());
    }
  }

  /** So many nodes had so many links. */
  public record DegreeReport(int links, int nodes) {}

  public static JsonReport of(RunResult result) {
    int nodes = result.scenario().nodes();
    List<SpreadResult> single =
        result.transactions().size() <= MOST_SINGLE ? result.transactions() : List.of();
    return new JsonReport(
        result.scenario(),
        result.seed(),
        result.fidelity(),
        result.suite(),
        Figures.hash(result.traceHash()),
        seconds(result.virtualNanos()),
        seconds(result.realNanos()),
        result.events(),
        result.eventsPerSecond(),
        result.memoryBytes() == 0 ? null : result.memoryBytes() / nodes,
        result.isWhole(),
        result.blocks().stream().map(MessageReport::of).toList(),
        GroupReport.of(Summary.of(result.blocks(), nodes)),
        single.stream().map(MessageReport::of).toList(),
        GroupReport.of(Summary.of(result.transactions(), nodes)),
        result.messages(),
        result.sentBytes(),
        result.usefulBytes(),
        orNull(result.overhead()),
        result.rejected(),
        result.failures(),
        degrees(result.degrees()),
        result.healings().stream().map(FaultReport::of).toList(),
        result.tips(),
        result.astray(),
        result.agreedNanos() == null ? null : seconds(result.agreedNanos()),
        result.late().stream().map(LateReport::of).toList(),
        result.reach() == null ? null : ReachReport.of(result.reach()));
  }

  private static List<DegreeReport> degrees(List<Integer> degrees) {
    SortedMap<Integer, Integer> counts = Degrees.counts(degrees);
    return counts.entrySet().stream()
        .map(entry -> new DegreeReport(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static double seconds(long nanos) {
    return nanos / Figures.NANOS_PER_SECOND;
  }

  /** To a microsecond, which is what the simulator tells apart. */
  private static @Nullable Double rounded(double millis) {
    return Double.isNaN(millis) ? null : Math.round(millis * 1e3) / 1e3;
  }

  private static @Nullable Double orNull(double value) {
    return Double.isNaN(value) ? null : value;
  }

  /** One object on one line. */
  public String json() {
    return MAPPER.writeValueAsString(this);
  }

  /** Places are more than a report needs; their names tell which they were. */
  private static final class NamesOfPlaces extends ValueSerializer<Places> {
    @Override
    public void serialize(Places places, JsonGenerator json, SerializationContext context) {
      json.writeStartArray();
      IntStream.range(0, places.size()).mapToObj(places::name).forEach(json::writeString);
      json.writeEndArray();
    }
  }
}
