package dev.waggle.domain.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.domain.chance.Draws;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.node.Reachability;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of one address (PROTOCOL §9.9). */
class CandidateTest {
  private static final IpEndpoint ENDPOINT = new IpEndpoint(IpAddress.ofIpv4(20 << 24), 9000);

  private final Draws draws = new Draws(new SeededRandom(1));
  private long now = Long.MAX_VALUE - Duration.ofMinutes(3).toNanos(); // Soon runs over.
  private final Candidate candidate = new Candidate(ENDPOINT, now);

  private static NetworkGroup group(int number) {
    return NetworkGroup.of(IpAddress.ofIpv4((30 << 24) | (number << 16)));
  }

  /** Such as {@code +3}: a peer of the third group has dialled back; -3: it says it could not. */
  private void happens(String events, int askable) {
    List<NetworkGroup> groups =
        IntStream.rangeClosed(1, askable).mapToObj(CandidateTest::group).toList();
    for (String event : events.split(" ", -1)) {
      NetworkGroup by = group(Integer.parseInt(event.substring(1)));
      if (event.startsWith("+")) {
        candidate.dialledBack(by, groups, draws, now);
      } else {
        candidate.notReached(by, groups, draws, now);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // What was said, how many groups can be asked, what follows.
    "+1, 8, REACHABLE",
    "-1 -2, 8, UNKNOWN",
    "-1 -2 -3, 8, PRIVATE",
    "-1 -1 -1 -1, 8, UNKNOWN",
    "-1 -1 -2 -2, 8, UNKNOWN",
    "-1 -2 +3, 8, REACHABLE",
    "-1 -2 +3 -1 -2, 8, REACHABLE",
    "-1 -2 +1 -3 -4, 8, REACHABLE",
    "+1 -2 -3, 8, REACHABLE",
    "+1 -2 -3 -4, 8, PRIVATE",
    "+1 -1 -2 -3, 8, PRIVATE",
    "+1 -2 -3 +1 -4, 8, REACHABLE",
    "-1 -2 -3 +4, 8, PRIVATE",
    "-1 -2 -3 +4 +4 +4, 8, PRIVATE",
    "-1 -2 -3 +4 +5, 8, REACHABLE",
    "-1 -2 -3 +4 -5 +6, 8, REACHABLE",
    "-1 -2 -3 +1 +2 -3 -4, 8, REACHABLE",
    "-1 -2 -3 +4 +5 -1 -2 -3 +4, 8, PRIVATE",
    // Few can be asked.
    "-1, 1, UNKNOWN",
    "-1 -1, 1, PRIVATE",
    "-1 -1 +1, 1, PRIVATE",
    "-1 -1 +1 +1, 1, REACHABLE",
    "-1 -2 -1, 2, UNKNOWN",
    "-1 -2 -1 -2, 2, PRIVATE",
    "-1 -2 -1 -2 +1 +1, 2, PRIVATE",
    "-1 -2 -1 -2 +1 +2, 2, REACHABLE",
    "-3 -3, 2, UNKNOWN",
    "-1 -1 -1, 0, UNKNOWN",
  })
  void states(String events, int askable, Reachability expected) {
    happens(events, askable);
    assertThat(candidate.reachability()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    // What was said; the wait after the next request, in seconds on the average.
    "'', 10",
    "-1, 10",
    "+1, 1800",
    "+1 -2, 10",
    "-1 -2 -3, 60",
    "-1 -2 -3 -1, 120",
    "-1 -2 -3 -1 -2, 240",
    "-1 -2 -3 -1 -2 -1 -2, 960",
    "-1 -2 -3 -1 -2 -1 -2 -1, 1800",
    "-1 -2 -3 -1 -2 -1 -2 -1 -2 -3 -1 -2 -3 -1 -2, 1800",
    "-1 -2 -3 -1 -2 +5 +6, 1800",
  })
  void askedAgain(String events, long seconds) {
    if (!events.isEmpty()) {
      happens(events, 8);
    }
    candidate.isAsked(group(1), draws, now);
    assertDueIn(seconds);
  }

  private void assertDueIn(long seconds) {
    assertThat(Duration.ofNanos(candidate.dueNanos() - now))
        .isBetween(Duration.ofMillis(seconds * 500), Duration.ofMillis(seconds * 1500));
  }

  @Test
  void newOne_isAskedForAtOnce() {
    assertThat(candidate.dueNanos()).isEqualTo(now);
    assertThat(candidate.reachability()).isEqualTo(Reachability.UNKNOWN);
  }

  @Test
  void failure_andWhatGivesHope_haveItAskedForSoon() {
    happens("+1", 8);
    assertDueIn(1800);
    happens("-2", 8);
    assertDueIn(10);
    happens("-3 -4", 8);
    assertDueIn(60);
    happens("+5", 8);
    assertDueIn(10);
  }

  @Test
  void whoWasAskedLast_isRemembered_ofSoManyGroups() {
    for (int i = 1; i <= 40; i++) {
      candidate.isAsked(group(i), draws, now);
    }
    candidate.isAsked(group(20), draws, now);
    assertThat(candidate.lastAsked(group(1))).isEqualTo(-1);
    assertThat(candidate.lastAsked(group(20))).isGreaterThan(candidate.lastAsked(group(40)));
    assertThat(candidate.lastAsked(group(20))).isLessThan(32);
  }

  @Test
  void refusal_changesNothing_andHasAnotherAsked() {
    happens("+1 -2", 8);
    now += 1;
    candidate.wasRefused(now);
    assertThat(candidate.dueNanos()).isEqualTo(now);
    happens("-3", 8);
    assertThat(candidate.reachability()).isEqualTo(Reachability.REACHABLE);
  }
}
