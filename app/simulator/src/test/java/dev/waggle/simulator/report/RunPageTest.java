package dev.waggle.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.waggle.charts.Block;
import dev.waggle.charts.Curve;
import dev.waggle.charts.Curve.Point;
import dev.waggle.charts.CurveChart;
import dev.waggle.charts.NetworkGraph;
import dev.waggle.charts.Page;
import dev.waggle.charts.Section;
import dev.waggle.charts.Table;
import dev.waggle.charts.Weight;
import dev.waggle.simulator.faults.Fault;
import dev.waggle.simulator.faults.Nodes;
import dev.waggle.simulator.run.Healing;
import dev.waggle.simulator.run.RunResult;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunPageTest {
  private static final int NODES = 50;
  private static final String COMMAND = "./waggle simulate --seed 7 --places '<my>.csv'";
  private static final Pattern SCRIPT = Pattern.compile("<script.*?</script>", Pattern.DOTALL);
  private static final Pattern FETCHES =
      Pattern.compile("<(link|img|iframe|object|embed|base)|\\s(src|href|srcset)=|url\\(|@import");

  private static Page page(RunResult result) {
    return RunPage.of(result, COMMAND);
  }

  private static Section section(Page page, String id) {
    return page.sections().stream()
        .filter(section -> section.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static <T extends Block> T block(Page page, String section, Class<T> type) {
    return section(page, section).blocks().stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<Curve> pale(CurveChart chart) {
    return chart.curves().stream().filter(curve -> curve.weight() == Weight.FAINT).toList();
  }

  @Test
  void everyBlock_hasACurveAndARow() {
    Page page = page(Results.of(NODES, Results.blocks(7, NODES), List.of()));

    List<Curve> curves = pale(block(page, "coverage", CurveChart.class));
    assertThat(curves).extracting(Curve::name).hasSize(7).doesNotHaveDuplicates();
    assertThat(curves.get(3).points()).contains(new Point(650e6, 50), new Point(1300e6, 100));
    assertThat(block(page, "blocks", Table.class).rows()).hasSize(7);
  }

  @Test
  void median_liesAmidTheCurves_inItsBand() {
    CurveChart chart =
        block(
            page(Results.of(NODES, Results.blocks(5, NODES), List.of())),
            "coverage",
            CurveChart.class);

    Curve median = chart.curves().getLast();
    assertThat(median.name()).isEqualTo("median");
    // The five have come to all after 1,000 to 1,400 ms, the middle one after 1,200.
    for (Point point : median.points()) {
      double millis = point.x() / 1e6;
      assertThat(point.y()).isEqualTo(Math.min(100, millis / 12), within(1e-6));
      assertThat(point.low()).isEqualTo(Math.min(100, millis / 14), within(1e-6));
      assertThat(point.high()).isEqualTo(Math.min(100, millis / 10), within(1e-6));
    }
    assertThat(median.points().getLast().x()).isEqualTo(1400e6, within(1.0));
  }

  @Test
  void html_fetchesNothing_andTellsNamesAndCommandAsText() {
    String html =
        page(Results.of(NODES, Results.blocks(2, NODES), Results.transactions(2, NODES))).html();

    assertThat(html).startsWith("<!DOCTYPE html>").contains("default-src 'none'");
    assertThat(SCRIPT.matcher(html).replaceAll("")).doesNotContainPattern(FETCHES);
    assertThat(html)
        .contains("./waggle simulate --seed 7 --places '&lt;my&gt;.csv'")
        .contains("0123456789abcdef")
        .doesNotContain(Results.QUOTED)
        .doesNotContain("NaN %")
        .doesNotContain(">NaN");
  }

  @Test
  void links_areOfAddressesThatNodesAreTold_orThatTheyFindThroughSeeds() {
    assertThat(page(Results.of(NODES, List.of(), List.of())).html())
        .contains("each dials for 4 of 8 addresses that it is told, and takes 16 of")
        .doesNotContain("seeds that all know");
    assertThat(page(Results.discovering(NODES, 3)).html())
        .contains("each dials for 4 that it finds itself, through 3 seeds that all know, and takes")
        .doesNotContain("that it is told");
    assertThat(page(Results.discovering(NODES, 1)).html()).contains("through 1 seed that all know");
  }

  @Test
  void unreachedNodes_areTold() {
    Page page =
        page(
            Results.of(
                NODES,
                List.of(Results.block(0, NODES, 60, 10), Results.block(1, NODES, 0, 10)),
                List.of()));

    assertThat(page.lead()).contains("0 of 2 blocks came to every node");
    assertThat(block(page, "blocks", Table.class).rows())
        .extracting(row -> row.get(5).text(), row -> row.getLast().text(), row -> row.get(9).text())
        .containsExactly(tuple("30, 60 %", "0.25", "never"), tuple("1, 2 %", "0.25", "never"));
    CurveChart chart = block(page, "coverage", CurveChart.class);
    assertThat(pale(chart)).extracting(curve -> curve.points().size()).containsExactly(61, 1);
    assertThat(page.html()).contains("never");
  }

  @Test
  void longTail_isDrawnOverALogarithm() {
    CurveChart even =
        block(
            page(Results.of(NODES, List.of(Results.block(0, NODES, 100, 10)), List.of())),
            "coverage",
            CurveChart.class);
    CurveChart tailed =
        block(
            page(
                Results.of(
                    NODES,
                    List.of(Results.block(0, NODES, 100, 1), Results.block(1, NODES, 89, 10)),
                    List.of())),
            "coverage",
            CurveChart.class);

    assertThat(even.x().logBase()).isZero();
    assertThat(tailed.x().logBase()).isEqualTo(10);
    assertThat(pale(tailed)).allSatisfy(curve -> assertThat(curve.points()).hasSizeGreaterThan(89));
  }

  @Test
  void nothingPublished_givesAPageWithoutCurves() {
    Page page = page(Results.of(NODES, List.of(), List.of()));

    assertThat(page.sections())
        .extracting(Section::id)
        .containsExactly("figures", "traffic", "degrees", "failures", "network", "repeat");
    assertThat(page.lead()).startsWith("Nothing was published.");
    assertThat(page.html()).contains("50 nodes at rest");
  }

  @Test
  void faults_areListedWithTheirHealing() {
    Page page = page(Results.of(NODES, List.of(), List.of(), Results.healings()));

    assertThat(section(page, "faults").text())
        .startsWith(
            "After the end of the worst of 2 partitions the first message came across after 3 s,"
                + " and all chains agreed never. After that of the other fault all chains agreed at"
                + " once.");
    assertThat(block(page, "faults", Table.class).rows())
        .extracting(row -> row.stream().map(Table.Cell::text).toList())
        .containsExactly(
            List.of("crash", "1 s", "1 s", "2", "loses disk", "", "at once"),
            List.of("lying", "1 s", "1\u202f000 s", "4", "announce flood", "", "not over"),
            List.of("partition", "10 s", "5 s", "8 nodes", "", "after 1.2 s", "after 4.5 s"),
            List.of("partition", "30 s", "20 s", "1, 3", "", "after 3 s", "never"));
  }

  @Test
  void faults_areDrawnOverTime_withTheChainsThatDiffer() {
    CurveChart chart =
        block(
            page(Results.of(NODES, List.of(), List.of(), Results.healings())),
            "faults",
            CurveChart.class);

    assertThat(chart.curves())
        .extracting(Curve::name)
        .containsExactly("crash", "lying", "partition", "another chain than most");
    assertThat(chart.curves().get(2).points())
        .containsExactly(
            new Point(0, 0),
            new Point(10e9, 0),
            new Point(10e9, 8),
            new Point(15e9, 8),
            new Point(15e9, 0),
            new Point(30e9, 0),
            new Point(30e9, 2),
            new Point(50e9, 2),
            new Point(50e9, 0),
            new Point(90e9, 0));
    assertThat(chart.curves().get(1).points().getLast()).isEqualTo(new Point(90e9, 1));
    assertThat(chart.curves().getLast().points()).contains(new Point(30e9, 25), new Point(31e9, 0));
  }

  @Test
  void manyFaults_areListedInPart_thoseThatTookLongestToHeal() {
    List<Healing> healings =
        IntStream.range(0, 2 * FaultsSection.MOST_ROWS)
            .mapToObj(
                i ->
                    new Healing(
                        new Fault.Resets(Duration.ofMillis(i), Nodes.of(i % NODES)),
                        null,
                        (long) i))
            .toList();
    Page page = page(Results.of(NODES, List.of(), List.of(), healings));

    assertThat(section(page, "faults").text())
        .contains("Of 200 faults, those 100 are listed from which it took longest to heal.");
    assertThat(block(page, "faults", Table.class).rows())
        .hasSize(FaultsSection.MOST_ROWS)
        .extracting(row -> row.get(1).text())
        .startsWith("100 ms")
        .endsWith("199 ms");
  }

  @Test
  void oneNode_hasAPage() {
    assertThat(page(Results.of(1, Results.blocks(1, 1), List.of())).html())
        .contains("1 block through 1 node");
  }

  @Test
  void moreThanAThousandNodes_areSampled_andThePageSaysSo() {
    int nodes = 2 * NetworkMap.MOST_NODES;
    Page page = page(Results.of(nodes, Results.blocks(1, nodes), List.of()));

    NetworkGraph graph = block(page, "network", NetworkGraph.class);
    assertThat(graph.nodes()).hasSize(NetworkMap.MOST_NODES);
    // Each is linked with the next, of which none is drawn.
    assertThat(graph.edges()).isEmpty();
    assertThat(section(page, "network").text())
        .contains("Of 2\u202f000 nodes, 1\u202f000 are drawn")
        .contains("0 of 1\u202f999 links");
    assertThat(graph)
        .isEqualTo(
            block(
                page(Results.of(nodes, Results.blocks(1, nodes), List.of())),
                "network",
                NetworkGraph.class));
  }

  @Test
  void aThousandNodes_areAllDrawn_withTheirLinks() {
    int nodes = NetworkMap.MOST_NODES;
    Page page = page(Results.of(nodes, Results.blocks(1, nodes), List.of()));

    NetworkGraph graph = block(page, "network", NetworkGraph.class);
    assertThat(graph.nodes()).hasSize(nodes);
    assertThat(graph.edges()).hasSize(nodes - 1);
    assertThat(section(page, "network").text()).doesNotContain("are drawn");
  }

  @Test
  void manyMessages_areDrawnInPart_andThePageSaysSo() {
    int many = 3 * CoverageChart.MOST_CURVES;
    Page page = page(Results.of(NODES, List.of(), Results.transactions(many, NODES)));

    assertThat(pale(block(page, "transactions", CurveChart.class)))
        .hasSize(CoverageChart.MOST_CURVES);
    assertThat(section(page, "transactions").text())
        .startsWith("100 of 300 transactions are drawn as pale lines");
  }

  @Test
  void manyDegrees_shareBars_andNoNodeIsLeftOut() {
    List<Integer> degrees = IntStream.range(0, 100).boxed().toList();

    assertThat(Degrees.histogram(degrees).bars())
        .hasSizeLessThanOrEqualTo(14)
        .satisfies(
            bars -> assertThat(bars.stream().mapToDouble(bar -> bar.value()).sum()).isEqualTo(100));
  }

  @Test
  void playedRun_hasAPage() {
    Page page = page(Results.played(null));

    assertThat(pale(block(page, "coverage", CurveChart.class))).hasSize(2);
    assertThat(page.html()).contains("Frankfurt");
  }
}
