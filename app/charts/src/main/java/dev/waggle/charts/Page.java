package dev.waggle.charts;

import java.util.List;

/**
 * A page that needs nothing but itself.
 *
 * @param lead what it comes to, in a sentence or two
 * @param facts where it comes from
 */
public record Page(String title, String lead, List<Fact> facts, List<Section> sections) {
  public Page {
    facts = List.copyOf(facts);
    sections = List.copyOf(sections);
  }

  /** The file, about a megabyte of it the library; the same page gives the same text. */
  public String html() {
    return new PageWriter().page(this);
  }
}
