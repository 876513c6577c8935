package dev.waggle.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarTest {
  private static final List<String> WORDS =
      List.of("run", "identity", "devnet", "WAGGLE_MINE", "mine_interval");

  @ParameterizedTest
  @CsvSource({
    "rnu, run",
    "RUN, run",
    "ru, run",
    "runn, run",
    "identiy, identity",
    "idnetiyt, identity",
    "waggle_mien, WAGGLE_MINE",
    "mine-intervall, mine_interval",
    "dig, ''",
    "iden, ''",
    "'', ''",
    "u, ''"
  })
  void nearestWord_isSuggested_ifItIsNear(String mistyped, String meant) {
    assertThat(Similar.suggestion(mistyped, WORDS))
        .isEqualTo(meant.isEmpty() ? "" : "; did you mean " + meant + "?");
  }

  @ParameterizedTest
  @CsvSource({"65", "100000000"})
  void whatIsTooLongToBeAWord_isComparedWithNone(int length) {
    String mistyped = "r".repeat(length);
    assertThat(Similar.suggestion(mistyped, List.of("r".repeat(64)))).isEmpty();
  }
}
