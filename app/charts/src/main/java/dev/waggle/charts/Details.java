package dev.waggle.charts;

import java.util.List;

/**
 * What only some want to see: closed until somebody opens it.
 *
 * @param summary what there is to open
 */
public record Details(String summary, List<? extends Block> blocks) implements Block {
  public Details {
    blocks = List.copyOf(blocks);
  }
}
