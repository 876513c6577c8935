package dev.waggle.ports.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.ports.Bytes;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BanTest {
  private static final Ban.Subject SUBJECT = Ban.Subject.parse("203.0.113.7");

  private static Ban ban(long secondsLeft, String reason) {
    return new Ban(SUBJECT, Ban.Kind.OPERATOR, secondsLeft, reason);
  }

  @Test
  void aSubject_isReadFromItsText() {
    String id = "42".repeat(32);
    for (String text : List.of(id, "203.0.113.7", "203.0.113.0/24", "2001:db8::/32")) {
      assertThat(Ban.Subject.parse(text)).hasToString(text);
    }
    assertThat(Ban.Subject.parse(id)).isInstanceOf(Ban.Peer.class);
    for (String text : List.of("", "name.example", "42", "g".repeat(64), "203.0.113.7:9000")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Ban.Subject.parse(text));
    }
  }

  @ParameterizedTest
  @CsvSource({"100, 0, 100", "100, 99, 1", "100, 100, 0", "100, 101, 0", "100, 99999999999, 0"})
  void itGrowsShorter_andEnds(long secondsLeft, long passed, long expected) {
    Duration time = Duration.ofSeconds(passed);
    assertThat(ban(secondsLeft, "why").after(time)).isEqualTo(ban(expected, "why"));
    PeerMemory memory =
        new PeerMemory(
            Bytes.EMPTY, List.of(), List.of(), List.of(), List.of(ban(secondsLeft, "why")));
    assertThat(memory.after(time).bans()).containsExactly(ban(expected, "why"));
  }

  @Test
  void lengthsThatAreNone_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ban(-1, "why"));
    assertThatIllegalArgumentException().isThrownBy(() -> ban(Ban.MAX_SECONDS + 1, "why"));
    assertThat(ban(Ban.MAX_SECONDS, "why").secondsLeft()).isEqualTo(315_360_000);
  }

  /** It stands in a file, a log and a terminal. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " x",
        "x ",
        "x\ny",
        "x\ry",
        "x\u0000",
        "x\u001b[2J",
        "x\u0085y",
        "x\u2028y",
        "x\u202ey",
        "x\ud800y",
        "x\ue000y",
      })
  void aReasonThatIsNoLineOfText_isRefused(String reason) {
    assertThatIllegalArgumentException().isThrownBy(() -> ban(1, reason));
  }

  @Test
  void aReason_isInAnyLanguage_butShort() {
    for (String reason : List.of("x", "\u00fcber und \u00fcber", "\u732b", "\ud83d\ude3a")) {
      assertThat(ban(1, reason).reason()).isEqualTo(reason);
    }
    assertThat(ban(1, "x".repeat(200)).reason()).hasSize(200);
    assertThatIllegalArgumentException().isThrownBy(() -> ban(1, "x".repeat(201)));
  }
}
