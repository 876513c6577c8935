package dev.waggle.charts;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A part of a page with a heading.
 *
 * @param id its anchor: small letters, digits and hyphens
 * @param text what to know when looking at it; may be empty
 */
public record Section(String id, String title, String text, List<? extends Block> blocks) {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

  /**
   * @throws IllegalArgumentException if the id is not made of those
   */
  public Section {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("not an id: " + id);
    }
    blocks = List.copyOf(blocks);
  }
}
