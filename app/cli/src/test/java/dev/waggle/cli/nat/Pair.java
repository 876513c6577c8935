package dev.waggle.cli.nat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Two hosts behind routers of these kinds; which of them is which does not matter. */
record Pair(NatKind left, NatKind right) {
  /** Each once, in the order of the kinds. */
  static List<Pair> all() {
    List<Pair> pairs = new ArrayList<>();
    for (NatKind left : NatKind.values()) {
      for (NatKind right : NatKind.values()) {
        if (left.compareTo(right) <= 0) {
          pairs.add(new Pair(left, right));
        }
      }
    }
    return pairs;
  }

  /**
   * Whether they can connect without any help from their routers, if both dial the endpoint at
   * which a third one sees the other.
   */
  boolean canBePunched() {
    return left.canBePunchedWith(right);
  }

  /** Whether they can connect at all: either lets itself be dialled, or both can punch. */
  boolean canLink() {
    return left.canBeDialled() || right.canBeDialled() || canBePunched();
  }

  /** A table in Markdown, with one cell for each pair. */
  static String table(Map<Pair, String> cells) {
    StringBuilder table = new StringBuilder("| |");
    for (NatKind right : NatKind.values()) {
      table.append(' ').append(right).append(" |");
    }
    table.append("\n|---").append("|---".repeat(NatKind.values().length)).append("|\n");
    for (NatKind left : NatKind.values()) {
      table.append("| ").append(left).append(" |");
      for (NatKind right : NatKind.values()) {
        String cell = cells.getOrDefault(new Pair(left, right), "");
        table.append(cell.isEmpty() ? " |" : " " + cell + " |");
      }
      table.append('\n');
    }
    return table.toString();
  }

  @Override
  public String toString() {
    return left + " and " + right;
  }
}
