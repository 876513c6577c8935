package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A name that no class bears would show as not measured, which nobody might notice. */
class PlannedNamesTest {
  /** Every benchmark with its parameters, as JMH knows them. */
  private static Map<String, Set<String>> known() {
    Map<String, Set<String>> known = new HashMap<>();
    BenchmarkList.defaultList()
        .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())
        .forEach(
            entry ->
                known.put(
                    Measurement.simpleName(entry.getUsername()),
                    entry.getParams().orElse(Map.of()).keySet()));
    return known;
  }

  private static final Plan PARTS = new OwnParts("mine", "mine", "mine").plan();

  @Test
  void allPlans_nameBenchmarksWithAllTheirParameters() {
    Map<String, Set<String>> known = known();
    for (Plan plan : List.of(Plan.quick(), Plan.full(), CostTable.plan(), PARTS)) {
      for (Group group : plan.groups()) {
        for (String benchmark : group.benchmarks()) {
          assertThat(known).containsKey(benchmark);
          assertThat(group.params().keySet()).as(benchmark).isEqualTo(known.get(benchmark));
        }
      }
    }
  }

  @Test
  void allPlansTogether_leaveNoBenchmarkOut() {
    assertThat(
            Stream.of(Plan.full(), CostTable.plan(), PARTS)
                .flatMap(plan -> plan.groups().stream())
                .flatMap(group -> group.benchmarks().stream()))
        .containsAll(known().keySet());
  }
}
