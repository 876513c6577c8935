package dev.waggle.charts;

import dev.waggle.charts.Table.Cell;
import dev.waggle.charts.Table.Tone;
import java.util.List;
import java.util.Locale;

/** Writes a page as HTML that is well-formed XML but for what its scripts say. */
final class PageWriter {
  private final StringBuilder html = new StringBuilder();

  String page(Page page) {
    head(page.title());
    tagged("header", () -> header(page));
    page.sections().forEach(this::section);
    html.append("</main>\n");
    tagged("footer", this::footer);
    html.append("<script>").append(Parts.LIBRARY).append("</script>\n");
    html.append("<script>").append(Parts.SCRIPT).append("</script>\n");
    return html.append("</body>\n</html>\n").toString();
  }

  private void head(String title) {
    html.append(
            """
            <!DOCTYPE html>
            <html xmlns="http://www.w3.org/1999/xhtml" lang="en">
            <head>
            <meta charset="utf-8"/>
            """)
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
        .append(Parts.POLICY)
        .append(
            """
            "/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            """);
    element("title", "", title);
    html.append("<style>").append(Parts.STYLE).append("</style>\n</head>\n<body>\n<main>\n");
  }

  private void header(Page page) {
    element("h1", "", page.title());
    element("p", "lead", page.lead());
    if (!page.facts().isEmpty()) {
      facts("facts", page.facts());
    }
  }

  private void section(Section section) {
    html.append("<section id=\"").append(section.id()).append("\">\n");
    element("h2", "", section.title());
    if (!section.text().isEmpty()) {
      element("p", "", section.text());
    }
    section.blocks().forEach(this::block);
    html.append("</section>\n");
  }

  private void block(Block block) {
    switch (block) {
      case Paragraph paragraph -> element("p", "", paragraph.text());
      case Code code -> element("pre", "code", code.text());
      case KeyFigures figures -> facts("key-figures", figures.figures());
      case Facts facts -> facts("facts", facts.facts());
      case Table table -> table(table);
      case Details details -> details(details.summary(), details.blocks());
      case Panels panels -> {
        html.append("<div class=\"panels\">\n");
        panels.charts().forEach(this::chart);
        html.append("</div>\n");
      }
      case Chart chart -> chart(chart);
    }
  }

  private void facts(String style, List<Fact> facts) {
    html.append("<dl class=\"").append(style).append("\">\n");
    for (Fact fact : facts) {
      html.append("<div>");
      element("dt", "", fact.name());
      element("dd", "", fact.value());
      html.append("</div>\n");
    }
    html.append("</dl>\n");
  }

  private void details(String summary, List<? extends Block> blocks) {
    html.append("<details>\n");
    element("summary", "", summary);
    blocks.forEach(this::block);
    html.append("</details>\n");
  }

  private void table(Table table) {
    html.append(
        table.wide()
            ? "<div class=\"wide\" role=\"region\" aria-label=\"Table\" tabindex=\"0\">"
            : "<div>");
    html.append("<table class=\"")
        .append(table.wide() ? "all" : "folded")
        .append("\">\n<thead><tr>");
    table
        .columns()
        .forEach(
            column ->
                html.append("<th scope=\"col\">").append(Markup.text(column)).append("</th>"));
    html.append("</tr></thead>\n<tbody>\n");
    for (List<Cell> row : table.rows()) {
      html.append("<tr><th scope=\"row\">")
          .append(Markup.text(row.getFirst().text()))
          .append("</th>");
      for (int i = 1; i < row.size(); i++) {
        cell(row.get(i), table.columns().get(i), table.wide());
      }
      html.append("</tr>\n");
    }
    html.append("</tbody>\n</table></div>\n");
  }

  /** Folded, it stands below the others and says itself which column it is of. */
  private void cell(Cell cell, String column, boolean wide) {
    String style = cell.text().isEmpty() ? "none" : name(cell.tone());
    html.append("<td");
    if (!wide) {
      html.append(" data-label=\"").append(Markup.text(column)).append('"');
    }
    if (cell.tone() != Tone.TEXT || style.equals("none")) {
      html.append(" class=\"").append(style).append('"');
    }
    html.append('>').append(Markup.text(cell.text())).append("</td>");
  }

  private void chart(Chart chart) {
    String kind =
        switch (chart) {
          case CurveChart _ -> "curves";
          case BarChart _ -> "bars";
          case NetworkGraph _ -> "network";
        };
    html.append("<figure class=\"").append(kind).append("\">\n");
    element("figcaption", "", chart.title());
    html.append("<div class=\"chart\" role=\"img\" aria-label=\"")
        .append(Markup.text(chart.title() + ". " + chart.description()))
        .append("\"></div>\n<script type=\"application/json\">")
        .append(ChartData.json(chart))
        .append("</script>\n");
    details("Figures", List.of(ChartTable.of(chart)));
    html.append("</figure>\n");
  }

  private void footer() {
    html.append(
        "<noscript><p>The charts need JavaScript; below each is a table that does not.</p></noscript>\n");
    html.append("<details>\n");
    element("summary", "", "Charts by Apache ECharts");
    element("pre", "", Parts.NOTICE);
    element(
        "p",
        "",
        "Licensed under the Apache License, Version 2.0. It contains ZRender, Copyright 2013 Baidu"
            + " Inc., and parts of d3, both under the BSD 3-Clause License, here as of d3:");
    element("pre", "", Parts.LICENSE_OF_PARTS);
    html.append("</details>\n");
  }

  private void tagged(String tag, Runnable content) {
    html.append('<').append(tag).append(">\n");
    content.run();
    html.append("</").append(tag).append(">\n");
  }

  private void element(String tag, String style, String text) {
    html.append('<').append(tag);
    if (!style.isEmpty()) {
      html.append(" class=\"").append(style).append('"');
    }
    html.append('>').append(Markup.text(text)).append("</").append(tag).append(">\n");
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
