package dev.waggle.domain.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who is served next, and how much of the time everybody gets (PROTOCOL §9.8). */
class FairTurnsTest {
  private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

  private final FairTurns<String, String> turns = new FairTurns<>();

  private void add(int count, String party) {
    for (int i = 0; i < count; i++) {
      turns.add(party, party);
    }
  }

  /** Serves so many, each of which takes {@code nanos}. */
  private List<String> serve(int count, long nanos) {
    List<String> served = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FairTurns<String, String>.Turn turn = turns.next();
      served.add(turn.work());
      turn.took(nanos);
    }
    return served;
  }

  @Test
  void workOfOneParty_isDoneInItsOrder() {
    turns.add("a", "1");
    turns.add("a", "2");
    turns.add("a", "3");
    assertThat(serve(3, 1)).containsExactly("1", "2", "3");
    assertThat(turns.next()).isNull();
  }

  /** A hundred links of two groups, and one that is alone in a third. */
  @Test
  void whoComesToACrowd_isNext_howeverMuchTheCrowdHasWaiting() {
    add(50, "a");
    add(50, "b");
    assertThat(serve(10, 10 * MILLISECOND)).containsOnly("a", "b");
    for (int i = 0; i < 20; i++) {
      add(1, "quiet");
      assertThat(serve(3, MILLISECOND)).contains("quiet");
    }
  }

  @Test
  void whoeverComesFirst_hasNoMoreThanOthersThatComeAtOnce() {
    add(100, "a");
    add(3, "b");
    add(3, "c");
    assertThat(serve(9, MILLISECOND)).containsExactly("a", "b", "c", "a", "b", "c", "a", "b", "c");
  }

  @Test
  void timeIsShared_notTurns() {
    Map<String, Long> took = new LinkedHashMap<>();
    add(1000, "slow");
    add(1000, "quick");
    for (int i = 0; i < 500; i++) {
      FairTurns<String, String>.Turn turn = turns.next();
      long nanos = turn.work().equals("slow") ? 20 * MILLISECOND : MILLISECOND;
      took.merge(turn.work(), nanos, Long::sum);
      turn.took(nanos);
    }
    long difference = Math.abs(took.get("slow") - took.get("quick"));
    assertThat(difference).isLessThanOrEqualTo(20 * MILLISECOND);
  }

  @Test
  void whoHasWorkUnderWay_isBehindWhoHasNone_beforeItsTimeIsKnown() {
    add(5, "a");
    FairTurns<String, String>.Turn first = turns.next();
    add(1, "b");
    assertThat(turns.next().work()).isEqualTo("b");
    assertThat(turns.next().work()).isEqualTo("a");
    first.took(MILLISECOND);
    add(1, "b");
    assertThat(turns.next().work()).isEqualTo("b");
  }

  @Test
  void whoWasIdle_hasSavedUpNothing() {
    add(1000, "a");
    serve(500, MILLISECOND);
    add(100, "b");
    assertThat(serve(10, MILLISECOND)).filteredOn("b"::equals).hasSizeBetween(5, 6);
  }

  @Test
  void whoWasBusyAlone_owesNothing() {
    add(500, "a");
    serve(499, MILLISECOND);
    add(100, "b");
    add(100, "a");
    assertThat(serve(10, MILLISECOND)).filteredOn("a"::equals).hasSizeBetween(4, 6);
  }

  /** Coming again and again, with one work at a time, is no way to be first. */
  @Test
  void whoHasHadMore_waitsUntilOthersHaveHadAsMuch_alsoIfItLeavesMeanwhile() {
    add(100, "a");
    add(1, "b");
    serve(1, MILLISECOND);
    FairTurns<String, String>.Turn costly = turns.next();
    assertThat(costly.work()).isEqualTo("b");
    costly.took(10 * MILLISECOND);
    assertThat(serve(3, MILLISECOND)).containsOnly("a");
    add(1, "b");
    assertThat(serve(6, MILLISECOND)).containsOnly("a");
    assertThat(serve(2, MILLISECOND)).contains("b");
  }

  @Test
  void whatTakesNoTime_costsALittleAllTheSame() {
    add(10, "a");
    serve(5, 0);
    add(10, "b");
    assertThat(serve(10, 0)).filteredOn("a"::equals).hasSize(5);
  }

  @Test
  void workThatIsTakenBack_waitsNoMore() {
    turns.add("a", "1");
    turns.add("a", "2");
    turns.remove("a", "1");
    turns.remove("a", "1");
    turns.remove("b", "1");
    assertThat(turns.waiting()).isEqualTo(1);
    assertThat(serve(1, 1)).containsExactly("2");
    turns.add("a", "3");
    turns.remove("a", "3");
    assertThat(turns.parties()).isZero();
  }

  @Test
  void whoHasNothingHere_isForgotten_onceOthersHaveHadAsMuch() {
    add(1000, "a");
    add(1, "b");
    serve(2, MILLISECOND);
    assertThat(turns.parties()).isEqualTo(2);
    serve(2, MILLISECOND);
    assertThat(turns.parties()).isEqualTo(1);
    serve(997, MILLISECOND);
    assertThat(turns.waiting()).isZero();
    assertThat(turns.parties()).isZero();
  }

  @Test
  void partiesWithoutEnd_areForgotten() {
    add(1, "a");
    FairTurns<String, String>.Turn stuck = turns.next();
    for (int i = 0; i < 10_000; i++) {
      add(1, "party " + i);
      serve(1, MILLISECOND);
      assertThat(turns.parties()).isLessThanOrEqualTo(FairTurns.MAX_REMEMBERED + 1);
    }
    stuck.took(1);
    assertThat(turns.parties()).isZero();
  }
}
