package dev.waggle.simulator.report;

import dev.waggle.charts.Fact;
import dev.waggle.simulator.run.History;
import dev.waggle.simulator.run.Scenario;
import dev.waggle.simulator.run.Workload;
import java.util.ArrayList;
import java.util.List;

/** A scenario in words. */
final class ScenarioFacts {
  static List<Fact> of(Scenario scenario) {
    Workload work = scenario.workload();
    List<Fact> facts = new ArrayList<>(network(scenario, work));
    History history = scenario.history();
    if (history.isThere()) {
      facts.add(
          new Fact(
              "History",
              "%s of %s before it begins; %s that have nothing, and %d that lie, start then"
                  .formatted(
                      Figures.counted(history.blocks(), "block"),
                      Figures.bytes(history.blockBytes()),
                      Figures.counted(history.late(), "node"),
                      history.liars())));
    }
    if (scenario.behindRouters().areThere()) {
      facts.add(
          new Fact(
              "Behind routers",
              Figures.percent(scenario.behindRouters().share())
                  + " of the nodes, in these parts: "
                  + scenario.behindRouters().kinds()));
    }
    return facts;
  }

  private static List<Fact> network(Scenario scenario, Workload work) {
    return List.of(
        new Fact(
            "Nodes",
            "%s in %s, started within %s"
                .formatted(
                    Figures.number(scenario.nodes()),
                    Figures.counted(scenario.places().size(), "place"),
                    Figures.nanos(scenario.startWithin().toNanos()))),
        new Fact(
            "Links",
            "each dials for %d %s, and takes %d of others' dialling"
                .formatted(scenario.outbound(), whom(scenario), scenario.maxInbound())),
        new Fact("Up", rate(scenario.upBytesPerSecond())),
        new Fact("Down", rate(scenario.downBytesPerSecond())),
        new Fact("Jitter", "up to " + Figures.percent(scenario.jitter()) + " of the latency"),
        new Fact("Nobody can dial", Figures.percent(scenario.undialable()) + " of the nodes"),
        new Fact(
            "Lost",
            "each connection %s times an hour".formatted(Figures.number(scenario.resetsPerHour()))),
        new Fact(
            "Blocks",
            "%d of %s with %d transactions or more, one each %s"
                .formatted(
                    work.blocks(),
                    Figures.bytes(work.blockBytes()),
                    work.blockTransactions(),
                    Figures.nanos(work.blockEvery().toNanos()))),
        new Fact(
            "Transactions",
            "%s of %s within %s"
                .formatted(
                    Figures.number(work.transactions()),
                    Figures.bytes(work.transactionBytes()),
                    Figures.nanos(work.transactionsWithin().toNanos()))),
        new Fact(
            "Waits",
            "%s before the first is published, %s after the last"
                .formatted(
                    Figures.nanos(scenario.settle().toNanos()),
                    Figures.nanos(scenario.drain().toNanos()))));
  }

  private static String whom(Scenario scenario) {
    if (!scenario.discovers()) {
      return "of %d addresses that it is told".formatted(scenario.known());
    }
    return "that it finds itself, through %s that all know"
        .formatted(Figures.counted(scenario.seeds(), "seed"));
  }

  private static String rate(long bytesPerSecond) {
    return bytesPerSecond == 0
        ? "no limit"
        : Figures.number(bytesPerSecond * 8 / 1e6) + " Mbit/s for each node";
  }

  private ScenarioFacts() {}
}
