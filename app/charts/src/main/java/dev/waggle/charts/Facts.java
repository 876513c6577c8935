package dev.waggle.charts;

import java.util.List;

/** A list of facts, one below the other. */
public record Facts(List<Fact> facts) implements Block {
  public Facts {
    facts = List.copyOf(facts);
  }
}
