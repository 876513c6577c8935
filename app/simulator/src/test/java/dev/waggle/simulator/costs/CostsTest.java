package dev.waggle.simulator.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.simulator.table.BadTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostsTest {
  private static final String FASTER = "kem1-sig1";
  private static final String SLOWER = "kem2-sig2";

  private static int number(Work work) {
    return 1 + List.of(Work.values()).indexOf(work);
  }

  /** Each work with other figures, so that none can stand for another. */
  private static String written() {
    CostsWriter writer = new CostsWriter(List.of("Measured nowhere.", "", "By nobody."));
    for (Work work : Work.values()) {
      double number = number(work);
      if (work.isBySuite()) {
        writer.put(work, SLOWER, new Cost(2000 * number, 0, 0));
        writer.put(work, FASTER, new Cost(1000 * number, 0, 0));
      } else {
        writer.put(work, new Cost(100.5 * number, number / 64, 1e6 * number));
      }
    }
    return writer.text();
  }

  @Test
  void written_isReadBackEqual(@TempDir Path folder) throws IOException {
    Costs parsed = Costs.parse("text", written());
    Costs read = Costs.read(Files.writeString(folder.resolve("costs.csv"), written()));

    assertThat(read).isEqualTo(parsed).hasSameHashCodeAs(parsed);
    assertThat(read.suites()).containsExactly(FASTER, SLOWER);
    for (Work work : Work.values()) {
      double number = number(work);
      if (work.isBySuite()) {
        assertThat(read.of(work, FASTER)).isEqualTo(new Cost(1000 * number, 0, 0));
        assertThat(read.of(work, SLOWER)).isEqualTo(new Cost(2000 * number, 0, 0));
      } else {
        assertThat(read.of(work)).isEqualTo(new Cost(100.5 * number, number / 64, 1e6 * number));
      }
    }
  }

  @Test
  void written_beginsWithItsComments() {
    assertThat(written()).startsWith("# Measured nowhere.\n#\n# By nobody.\n\nwork, ");
  }

  @Test
  void otherFigure_isAnotherTable() {
    assertThat(Costs.parse("text", written()))
        .isNotEqualTo(Costs.parse("text", written().replace("502.5", "502")));
  }

  @Test
  void cost_isTheSumOfItsParts() {
    assertThat(new Cost(1000, 0.5, 20).nanos(101, 3)).isEqualTo(1111);
  }

  @Test
  void unknownSuite_isAMistake() {
    Costs costs = Costs.parse("text", written());

    assertThatThrownBy(() -> costs.of(Work.OFFER, "rot13"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> costs.of(Work.OFFER)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> costs.of(Work.SEAL, FASTER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Orders of magnitude, which no machine that runs nodes leaves. */
  @Test
  void standard_isOfAMachineThatRunsNodes() {
    Costs costs = Costs.standard();

    assertThat(costs).isEqualTo(Costs.standard());
    assertThat(costs.suites()).contains("mlkem768-mldsa65", "mlkem1024-mldsa87");
    for (String suite : costs.suites()) {
      for (Work work : Work.values()) {
        if (work.isBySuite()) {
          assertThat(costs.of(work, suite).each()).as("%s", work).isBetween(1e4, 1e7);
        }
      }
      // It signs besides what the responder's part at the end does.
      assertThat(costs.of(Work.CONFIRMATION, suite).each())
          .isGreaterThan(costs.of(Work.ADMISSION, suite).each());
    }
    for (Work work : List.of(Work.SEAL, Work.OPEN, Work.HASH)) {
      assertThat(costs.of(work).perByte()).as("%s", work).isBetween(0.01, 10.0);
    }
    for (Work work : List.of(Work.EXAMINE_BLOCK, Work.KEEP_BLOCK)) {
      assertThat(costs.of(work).nanos(1 << 20, 2000))
          .as("%s", work)
          .isBetween(10_000L, 100_000_000L);
    }
    assertThat(costs.of(Work.NEW_MESSAGE).nanos(0, 8))
        .isGreaterThan(costs.of(Work.KNOWN_MESSAGE).nanos(0, 0));
  }

  /** Each replaces what a pattern finds first. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "work, | job, | costs:5: is no header; begin it with 'work, suite, each, per byte, per item'",
        "seal record, | steal record, | costs:14: there is no work 'steal record'; write one of:"
            + " offer, acceptance, confirmation, admission, seal record, open record, hash message,"
            + " known message, new message, announcement, examine block, keep block, examine"
            + " transaction, keep transaction, examine headers, find headers",
        "open record, | seal record, | costs:15: 'seal record' has a cost already; remove one of"
            + " the two lines",
        "announcement[^\\n]*\\n | # | costs: 'announcement' has no cost; add its line",
        "offer, +kem1 | offer, kem3 | costs: 'acceptance' has costs with the suites [kem1-sig1,"
            + " kem2-sig2], 'offer' with [kem2-sig2, kem3-sig1]; add the missing lines",
        "offer, +kem1-sig1 | offer, - | costs:6: 'offer' has the suite '-'; write the name of one",
        "seal record, +- | seal record, kem1 | costs:14: 'seal record' has the suite 'kem1'; write"
            + " '-'",
        "1000, | much, | costs:6: each is 'much'; write a number from 0 to 1000000000000",
        "1000, | -1, | costs:6: each is '-1'; write a number from 0 to 1000000000000",
      })
  void whatIsWrong_isSaidWithItsLineAndWhatToDo(String good, String bad, String message) {
    String text = written().replaceFirst(good, bad);
    assertThat(text).isNotEqualTo(written());

    assertThatThrownBy(() -> Costs.parse("costs", text))
        .isInstanceOf(BadTable.class)
        .hasMessage(message);
  }
}
