package dev.waggle.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.simulator.run.RunResult;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonReportTest {
  private static final int NODES = 50;

  private static JsonNode json(RunResult result) {
    String json = JsonReport.of(result).json();
    assertThat(json).doesNotContain("NaN").doesNotContain("\n");
    return new JsonMapper().readTree(json);
  }

  @Test
  void nodesThatCameLate_areTold_andWhatTheyHaveNotIsNull() {
    JsonNode late =
        json(Results.withLate(
                NODES, List.of(Results.late(3, Duration.ofSeconds(2)), Results.late(4, null))))
            .get("late");

    assertThat(late.get(0).propertyNames())
        .containsExactly(
            "node",
            "blocks",
            "wanted",
            "secondsUntilWhole",
            "receivedBytes",
            "neededBytes",
            "secondsNeeded",
            "timeOverNeeded",
            "bytesOverNeeded",
            "heldUp",
            "givenUp");
    assertThat(late.get(0).get("secondsUntilWhole").asDouble()).isEqualTo(2);
    assertThat(late.get(0).get("timeOverNeeded").asDouble()).isEqualTo(2);
    assertThat(late.get(0).get("bytesOverNeeded").asDouble()).isEqualTo(1.25);
    assertThat(late.get(0).get("givenUp").asInt()).isEqualTo(2);
    assertThat(late.get(1).get("secondsUntilWhole").isNull()).isTrue();
    assertThat(late.get(1).get("bytesOverNeeded").isNull()).isTrue();
    assertThat(late.get(1).get("blocks").asInt()).isEqualTo(250);
  }

  @Test
  void names_areThose_andInThisOrder() {
    JsonNode json = json(Results.of(NODES, Results.blocks(1, NODES), List.of()));

    assertThat(json.propertyNames())
        .containsExactly(
            "scenario",
            "seed",
            "fidelity",
            "suite",
            "traceHash",
            "secondsVirtual",
            "secondsReal",
            "events",
            "eventsPerSecond",
            "bytesOfMemoryPerNode",
            "whole",
            "blocks",
            "blocksTogether",
            "transactions",
            "transactionsTogether",
            "messages",
            "sentBytes",
            "usefulBytes",
            "overhead",
            "rejected",
            "failures",
            "degrees",
            "faults",
            "tips",
            "astray",
            "secondsAgreed",
            "late",
            "reach");
    assertThat(json.at("/blocks/0").propertyNames())
        .containsExactly(
            "id",
            "publisher",
            "secondsAt",
            "bytes",
            "reached",
            "millisP50",
            "millisP90",
            "millisP99",
            "millisLast",
            "millisByPercent",
            "hopsMean",
            "hopsMax",
            "duplicates",
            "relay");
    assertThat(json.at("/blocksTogether").propertyNames())
        .containsExactly(
            "count",
            "bytes",
            "whole",
            "reachedMin",
            "millisP50",
            "millisP90",
            "millisP99",
            "millisLast",
            "hopsMean",
            "hopsMax",
            "duplicates",
            "relay");
    assertThat(json.at("/blocks/0/relay").propertyNames())
        .containsExactly(
            "bytes",
            "usefulBytes",
            "overhead",
            "nodeOverheadP50",
            "nodeOverheadP99",
            "unasked",
            "onRequest",
            "withItems",
            "inOnePiece",
            "messages");
    assertThat(json.at("/blocksTogether/relay").propertyNames())
        .containsExactly(
            "bytes",
            "bytesPerBlock",
            "usefulBytes",
            "overhead",
            "overheadByBlock",
            "nodeOverheadP50",
            "nodeOverheadP99",
            "unasked",
            "onRequest",
            "withItems",
            "inOnePiece",
            "messages");
    assertThat(json.at("/blocks/0/relay/messages/compact/count").asInt()).isEqualTo(NODES / 2);
    assertThat(json.at("/transactionsTogether/relay").isNull()).isTrue();
  }

  @Test
  void wholeRun_isToldWithItsFigures() {
    JsonNode json =
        json(Results.of(NODES, Results.blocks(3, NODES), Results.transactions(2, NODES)));

    assertThat(json.at("/scenario/nodes").asInt()).isEqualTo(NODES);
    assertThat(json.at("/scenario/places/0").asString()).isEqualTo(Results.QUOTED);
    assertThat(json.at("/scenario/settle").asString()).isEqualTo("PT20S");
    assertThat(json.at("/scenario/workload/blockBytes").asInt()).isEqualTo(50_000);
    assertThat(json.at("/traceHash").asString()).isEqualTo("0123456789abcdef");
    assertThat(json.at("/secondsVirtual").asDouble()).isEqualTo(90);
    assertThat(json.at("/eventsPerSecond").asDouble()).isEqualTo(2e6);
    assertThat(json.at("/bytesOfMemoryPerNode").asLong()).isEqualTo(1000);
    assertThat(json.at("/whole").asBoolean()).isTrue();
    assertThat(json.at("/blocks")).hasSize(3);
    assertThat(json.at("/blocks/1/millisP50").asDouble()).isEqualTo(550);
    assertThat(json.at("/blocks/1/millisLast").asDouble()).isEqualTo(1100);
    assertThat(json.at("/blocks/1/millisByPercent")).hasSize(101);
    assertThat(json.at("/blocksTogether/millisP90/p50").asDouble()).isEqualTo(990);
    assertThat(json.at("/blocksTogether/millisP90/max").asDouble()).isEqualTo(1080);
    assertThat(json.at("/transactions")).hasSize(2);
    assertThat(json.at("/messages/gossip").asLong()).isEqualTo(1000);
    assertThat(json.at("/overhead").asDouble()).isEqualTo(4e6 / (3 * 49 * 1000));
    assertThat(json.at("/failures/dial: timed-out").asLong()).isEqualTo(12);
    assertThat(json.at("/degrees/0/links").asInt()).isEqualTo(8);
    assertThat(json.at("/degrees/0/nodes").asInt()).isEqualTo(17);
    assertThat(json.at("/secondsAgreed").asDouble()).isEqualTo(61);
  }

  @Test
  void scenario_tellsThroughHowManySeedsAllJoin() {
    assertThat(json(Results.discovering(NODES, 3)).at("/scenario/seeds").asInt()).isEqualTo(3);
    assertThat(
            json(Results.of(NODES, List.of(), List.of())).at("/scenario/seeds").isIntegralNumber())
        .isTrue();
  }

  @Test
  void faults_areTold_withHowLongItTookToHeal() {
    JsonNode json = json(Results.of(NODES, List.of(), List.of(), Results.healings()));

    assertThat(json.at("/faults/1").toString())
        .isEqualTo(
            "{\"kind\":\"partition\",\"secondsFrom\":30.0,\"secondsLasts\":20.0,\"who\":\"3 1\",\"how\":\"-\","
                + "\"secondsUntilHeard\":3.0,\"secondsUntilAgreed\":null}");
    assertThat(json.at("/faults/0/secondsUntilAgreed").asDouble()).isEqualTo(4.5);
    assertThat(json.at("/faults/2/how").asString()).isEqualTo("loses disk");
    assertThat(json.at("/faults/2/secondsUntilHeard").isNull()).isTrue();
    assertThat(json.at("/faults/2/secondsUntilAgreed").asDouble(-1)).isZero();
  }

  @Test
  void nothingPublished_hasNullsForFigures() {
    JsonNode json = json(Results.of(NODES, List.of(), List.of()));

    assertThat(json.at("/blocks")).isEmpty();
    assertThat(json.at("/blocksTogether/count").asInt(-1)).isZero();
    assertThat(json.at("/blocksTogether/millisP50/p50").isNull()).isTrue();
    assertThat(json.at("/blocksTogether/duplicates").isNull()).isTrue();
    assertThat(json.at("/overhead").isNull()).isTrue();
  }

  @Test
  void nodesNeverReached_areNulls_andTheSlowest() {
    JsonNode json =
        json(
            Results.of(
                NODES,
                List.of(
                    Results.block(0, NODES, 60, 10),
                    Results.block(1, NODES, 100, 10),
                    Results.block(2, NODES, 100, 20)),
                List.of()));

    assertThat(json.at("/whole").asBoolean(true)).isFalse();
    assertThat(json.at("/blocks/0/reached").asInt()).isEqualTo(30);
    assertThat(json.at("/blocks/0/millisP50").asDouble()).isEqualTo(500);
    assertThat(json.at("/blocks/0/millisP90").isNull()).isTrue();
    assertThat(json.at("/blocks/0/millisByPercent/60").asDouble()).isEqualTo(600);
    assertThat(json.at("/blocks/0/millisByPercent/61").isNull()).isTrue();
    assertThat(json.at("/blocksTogether/whole").asInt()).isEqualTo(2);
    assertThat(json.at("/blocksTogether/reachedMin").asInt()).isEqualTo(30);
    assertThat(json.at("/blocksTogether/millisP90/p50").asDouble()).isEqualTo(1800);
    assertThat(json.at("/blocksTogether/millisP90/max").isNull()).isTrue();
  }

  @Test
  void manyTransactions_areToldTogetherOnly() {
    int few = JsonReport.MOST_SINGLE;

    assertThat(
            json(Results.of(NODES, List.of(), Results.transactions(few, NODES)))
                .at("/transactions"))
        .hasSize(few);
    JsonNode many = json(Results.of(NODES, List.of(), Results.transactions(few + 1, NODES)));
    assertThat(many.at("/transactions")).isEmpty();
    assertThat(many.at("/transactionsTogether/count").asInt()).isEqualTo(few + 1);
    assertThat(many.at("/transactionsTogether/millisLast/max").asDouble())
        .isEqualTo(100.0 * (few + 1));
  }

  @Test
  void playedRun_isTold() {
    RunResult result = Results.played(null);
    JsonNode json = json(result);

    assertThat(json.at("/blocks")).hasSize(2);
    assertThat(json.at("/blocks/0/reached").asInt()).isEqualTo(20);
    assertThat(json.at("/blocks/0/millisLast").asDouble())
        .isGreaterThanOrEqualTo(json.at("/blocks/0/millisP50").asDouble())
        .isPositive();
    assertThat(json.at("/transactions")).hasSize(3);
    assertThat(json.at("/suite").asString()).isEqualTo(result.suite());
    assertThat(json.at("/bytesOfMemoryPerNode").asLong()).isPositive();
  }
}
