package dev.waggle.bench.report;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a run says of one figure: the figure, or why there is none. */
sealed interface Reading {
  record Read(Score score) implements Reading {}

  record Missing(String why) implements Reading {}

  static Reading ofNullable(@Nullable Score score, String whyNot) {
    return score == null ? new Missing(whyNot) : new Read(score);
  }

  default Reading map(Function<Score, Score> change) {
    return switch (this) {
      case Read read -> new Read(change.apply(read.score()));
      case Missing missing -> missing;
    };
  }

  /** The figure, or null. */
  default @Nullable Score scoreOrNull() {
    return switch (this) {
      case Read read -> read.score();
      case Missing _ -> null;
    };
  }

  /** The figure with its error, or nothing. */
  default String describe() {
    return switch (this) {
      case Read read -> Numbers.withError(read.score());
      case Missing _ -> "";
    };
  }
}
