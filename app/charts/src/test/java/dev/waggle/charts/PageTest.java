package dev.waggle.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.charts.BarChart.Bar;
import dev.waggle.charts.Table.Cell;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PageTest {
  private static final String HTML = SamplePage.page().html();

  private static final Pattern SCRIPT =
      Pattern.compile("<script( type=\"application/json\")?>(.*?)</script>", Pattern.DOTALL);

  /** All but what scripts say, which is no XML. */
  private static List<Element> elements(String html) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new InputSource(
                    new StringReader(SCRIPT.matcher(html).replaceAll("<script></script>"))));
    NodeList nodes = document.getElementsByTagName("*");
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static List<String> scripts(String html) {
    return SCRIPT
        .matcher(html)
        .results()
        .filter(script -> script.group(1) == null)
        .map(script -> script.group(2))
        .toList();
  }

  private static List<String> data(String html) {
    return SCRIPT
        .matcher(html)
        .results()
        .filter(script -> script.group(1) != null)
        .map(script -> script.group(2))
        .toList();
  }

  private static Page ofOne(Block block) {
    return new Page("t", "l", List.of(), List.of(new Section("s", "h", "", List.of(block))));
  }

  private static Bar bar(String label) {
    return new Bar(label, Hue.BLUE, 2, 1, 3, "2 B", "2 ± 1 B");
  }

  @Test
  void page_isWellFormed_andFetchesNothing() throws Exception {
    Set<String> ids = new HashSet<>();
    for (Element element : elements(HTML)) {
      assertThat(element.getTagName()).isNotIn("link", "img", "iframe", "object", "embed", "base");
      for (String attribute : List.of("src", "href", "srcset", "action", "style", "onload")) {
        assertThat(element.hasAttribute(attribute)).as(attribute).isFalse();
      }
      assertThat(!element.hasAttribute("id") || ids.add(element.getAttribute("id"))).isTrue();
      if (element.getTagName().equals("style")) {
        assertThat(element.getTextContent()).contains("dark").doesNotContain("url(", "@import");
      }
    }
  }

  @Test
  void policy_admitsThePagesOwnScriptsAndStyle_andNothingElse() throws Exception {
    List<Element> elements = elements(HTML);
    String policy =
        elements.stream()
            .map(element -> element.getAttribute("content"))
            .filter(content -> content.startsWith("default-src"))
            .findFirst()
            .orElseThrow();
    String style =
        elements.stream()
            .filter(element -> element.getTagName().equals("style"))
            .map(Element::getTextContent)
            .findFirst()
            .orElseThrow();
    assertThat(scripts(HTML)).hasSize(2);
    assertThat(policy.split("; "))
        .containsExactly(
            "default-src 'none'",
            "script-src " + hash(scripts(HTML).get(0)) + " " + hash(scripts(HTML).get(1)),
            "style-src " + hash(style),
            "base-uri 'none'",
            "form-action 'none'");
  }

  private static String hash(String text) throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  @Test
  void library_isInside_withItsLicences() {
    assertThat(scripts(HTML).getFirst()).contains("ASF licenses this file").contains("zrender");
    assertThat(HTML)
        .contains("The Apache Software Foundation")
        .contains("Apache License, Version 2.0")
        .contains("Mike Bostock")
        .contains("Baidu")
        .contains("THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS");
  }

  @Test
  void everyChart_hasALabel_itsData_andATable() throws Exception {
    List<Element> figures =
        elements(HTML).stream().filter(one -> one.getTagName().equals("figure")).toList();
    assertThat(figures).hasSize(4);
    assertThat(data(HTML)).hasSize(4);
    for (Element figure : figures) {
      Element chart = (Element) figure.getElementsByTagName("div").item(0);
      assertThat(chart.getAttribute("role")).isEqualTo("img");
      assertThat(chart.getAttribute("aria-label")).isNotBlank();
      assertThat(figure.getElementsByTagName("td").getLength()).isPositive();
    }
  }

  @Test
  void names_areText_neverMarkup() throws Exception {
    String hostile = "</script><script>alert('1')</script><!--\"&";
    Page page =
        new Page(
            hostile,
            hostile,
            List.of(new Fact(hostile, hostile)),
            List.of(
                new Section(
                    "s",
                    hostile,
                    hostile,
                    List.of(
                        new BarChart(
                            hostile, hostile, List.of(bar(hostile)), new BarChart.Mark(1, hostile)),
                        new Table(
                            List.of(hostile, hostile),
                            List.of(List.of(Cell.text(hostile), Cell.text(hostile))),
                            false)))));
    String html = page.html();
    assertThat(scripts(html)).isEqualTo(scripts(HTML));
    assertThat(elements(html))
        .filteredOn(element -> element.getTagName().equals("h1"))
        .extracting(Element::getTextContent)
        .containsExactly(hostile);
    assertThat(data(html)).hasSize(1).first().asString().doesNotContain("<");
    JsonNode told = new JsonMapper().readTree(data(html).getFirst());
    assertThat(told.get("bars").get(0).get("label").asString()).isEqualTo(hostile);
  }

  @Test
  void emptyCells_areMarked_soThatNarrowScreensSkipThem() throws Exception {
    Table table =
        new Table(
            List.of("a", "b", "c"),
            List.of(List.of(Cell.text("1"), Cell.text(""), Cell.figure("3"))),
            false);
    assertThat(elements(ofOne(table).html()))
        .filteredOn(element -> element.getTagName().equals("td"))
        .extracting(cell -> cell.getAttribute("class") + " " + cell.getAttribute("data-label"))
        .containsExactly("none b", "figure c");
  }
}
