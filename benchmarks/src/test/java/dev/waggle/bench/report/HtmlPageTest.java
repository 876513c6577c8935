package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HtmlPageTest {
  private static final Run RUN =
      new RunFixture()
          .score(
              "LinkBenchmark.message", 17_000, 170, "ops/s", "link", "WAGGLE_NIO", "bytes", "65536")
          .score(
              "LinkBenchmark.message", 9_000, 9e9, "ops/s", "link", "JDK_TLS_NIO", "bytes", "65536")
          .score("LinksInTurnBenchmark.round", 5, 1, "ops/s", "io", "NIO", "bytes", "65536")
          .counter("timedBytes", 3e8, 3e8, 3e8)
          .counter("waggleNioNanos", 0.2e9, 0.2e9, 0.2e9)
          .counter("plainNanos", 0.1e9, 0.1e9, 0.1e9)
          .counter("waggleIoUringNanos", 0, 0, 0)
          .score("LinksInTurnBenchmark.round", 5, 1, "ops/s", "io", "NIO", "bytes", "1024")
          .counter("timedBytes", 3e7, 3e7, 3e7)
          .counter("waggleNioNanos", 0.2e9, 0.2e9, 0.2e9)
          .score("GossipBenchmark.message", 6e5, 1, "ops/s", "transport", "nio", "bytes", "256")
          .score("SealBenchmark.seal", 1e6, 1, "ops/s", "provider", "CORRETTO", "bytes", "64")
          .score("NewBenchmark.odd", 1, Double.NaN, "us/op", "what", "<&\">")
          .failed("LinkBenchmark.message", "no <epoll> & no luck", Map.of("link", "PLAIN_EPOLL"))
          .run();

  private static Document parsed(Run run) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(new HtmlPage(run).html())));
  }

  @Test
  void page_isWellFormedAndNeedsNothingElse() throws Exception {
    NodeList all = parsed(RUN).getElementsByTagName("*");
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      assertThat(element.getTagName()).isNotIn("script", "link", "img", "iframe", "object");
      assertThat(element.hasAttribute("src") || element.hasAttribute("href")).isFalse();
      assertThat(!element.hasAttribute("id") || ids.add(element.getAttribute("id"))).isTrue();
      if (element.getTagName().equals("style")) {
        assertThat(element.getTextContent()).contains("dark").doesNotContain("url(", "@import");
      }
    }
  }

  @Test
  void everyPanel_isToldInWordsToo() throws Exception {
    NodeList charts = parsed(RUN).getElementsByTagName("svg");
    assertThat(charts.getLength()).isEqualTo(5);
    for (int i = 0; i < charts.getLength(); i++) {
      Element chart = (Element) charts.item(i);
      assertThat(chart.getAttribute("role")).isEqualTo("img");
      assertThat(chart.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
    }
    assertThat(charts.item(1).getTextContent())
        .contains("Waggle, NIO: 1\u202f114 ± 11 MB/s; TLS 1.3, JDK on NIO: 590 ± ");
  }

  @Test
  void curves_areToldApartWithoutColours() throws Exception {
    Element chart = (Element) parsed(RUN).getElementsByTagName("svg").item(0);
    assertThat(chart.getElementsByTagName("desc").item(0).getTextContent())
        .isEqualTo(
            "Waggle, its own NIO: 1 KiB 150 ± 0 MB/s, 64 KiB 1\u202f500 ± 0 MB/s;"
                + " No encryption: 64 KiB 3\u202f000 ± 0 MB/s");
    assertThat(chart.getElementsByTagName("text"))
        .satisfies(
            texts ->
                assertThat(texts(texts))
                    .containsSubsequence(
                        "1\u202f000 MB/s",
                        "1 KiB",
                        "64 KiB",
                        "Waggle, its own NIO",
                        "No encryption"));
    assertThat(curves(chart)).extracting(one -> one.getAttribute("class")).hasSize(4);
    assertThat(curves(chart).stream().map(one -> one.getAttribute("stroke-dasharray")).distinct())
        .hasSize(2);
  }

  @Test
  void curves_riseWithTheFigure_andGoRightWithTheSize() throws Exception {
    Element chart = (Element) parsed(RUN).getElementsByTagName("svg").item(0);
    double[] line =
        Arrays.stream(curves(chart).getFirst().getAttribute("d").split("[ML ]"))
            .filter(number -> !number.isEmpty())
            .mapToDouble(Double::parseDouble)
            .toArray();
    assertThat(line).hasSize(4);
    assertThat(line[2]).isGreaterThan(line[0]);
    assertThat(line[3]).isLessThan(line[1]);
  }

  private static List<String> texts(NodeList nodes) {
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  private static List<Element> curves(Element chart) {
    NodeList paths = chart.getElementsByTagName("path");
    return IntStream.range(0, paths.getLength())
        .mapToObj(i -> (Element) paths.item(i))
        .filter(path -> path.getAttribute("class").startsWith("curve"))
        .toList();
  }

  @Test
  void emptyRun_isAPageToo() throws Exception {
    assertThat(parsed(new RunFixture().run()).getElementsByTagName("svg").getLength()).isZero();
  }
}
