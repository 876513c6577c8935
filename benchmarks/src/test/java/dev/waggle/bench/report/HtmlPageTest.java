package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
    assertThat(charts.getLength()).isEqualTo(4);
    for (int i = 0; i < charts.getLength(); i++) {
      Element chart = (Element) charts.item(i);
      assertThat(chart.getAttribute("role")).isEqualTo("img");
      assertThat(chart.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
    }
    assertThat(charts.item(0).getTextContent())
        .contains("Waggle, NIO: 1\u202f114 ± 11 MB/s; TLS 1.3, JDK on NIO: 590 ± ");
  }

  @Test
  void emptyRun_isAPageToo() throws Exception {
    assertThat(parsed(new RunFixture().run()).getElementsByTagName("svg").getLength()).isZero();
  }
}
