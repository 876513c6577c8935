package dev.waggle.cli.config;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Guesses what somebody meant who mistyped a word. */
public final class Similar {
  /** More is another word. */
  private static final int MAX_TYPOS = 2;

  /** Longer is no word, and takes long to compare. */
  private static final int MAX_LENGTH = 64;

  /**
   * The end of a sentence that says that there is no such word: "; did you mean run?", or nothing
   * where no word is like it.
   */
  public static String suggestion(String mistyped, List<String> words) {
    String wrong = lower(mistyped);
    if (wrong.length() > MAX_LENGTH) {
      return "";
    }
    return words.stream()
        .filter(word -> typos(wrong, lower(word)) <= Math.min(MAX_TYPOS, word.length() / 2))
        .min(Comparator.comparingInt(word -> typos(wrong, lower(word))))
        .map(word -> "; did you mean " + word + "?")
        .orElse("");
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /**
   * How many letters are missing, too many, wrong or swapped with their neighbour: the optimal
   * string alignment distance, row by row.
   */
  private static int typos(String wrong, String right) {
    int[][] costs = new int[wrong.length() + 1][right.length() + 1];
    for (int i = 0; i <= wrong.length(); i++) {
      for (int j = 0; j <= right.length(); j++) {
        costs[i][j] = cost(costs, wrong, right, i, j);
      }
    }
    return costs[wrong.length()][right.length()];
  }

  private static int cost(int[][] costs, String wrong, String right, int i, int j) {
    if (i == 0 || j == 0) {
      return i + j;
    }
    boolean same = wrong.charAt(i - 1) == right.charAt(j - 1);
    int cost = Math.min(costs[i - 1][j], costs[i][j - 1]) + 1;
    cost = Math.min(cost, costs[i - 1][j - 1] + (same ? 0 : 1));
    boolean swapped =
        i > 1
            && j > 1
            && wrong.charAt(i - 1) == right.charAt(j - 2)
            && wrong.charAt(i - 2) == right.charAt(j - 1);
    return swapped ? Math.min(cost, costs[i - 2][j - 2] + 1) : cost;
  }

  private Similar() {}
}
