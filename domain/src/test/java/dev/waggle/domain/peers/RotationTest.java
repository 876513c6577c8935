package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.wire.GossipMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which of the chosen links goes when there is one too many. */
class RotationTest {
  private final List<PeerLink> links = new ArrayList<>();

  private PeerLink drawn() {
    return add(PeerLinks.outbound(links.size()));
  }

  private PeerLink onTrial() {
    return add(PeerLinks.onTrial(links.size()));
  }

  private PeerLink add(PeerLink link) {
    links.add(link);
    return link;
  }

  private void drawn(int count) {
    for (int i = 0; i < count; i++) {
      drawn();
    }
  }

  private static void brings(PeerLink link, long nowNanos) {
    link.peer().broughtFirst(GossipMessage.Kind.BLOCK, nowNanos);
  }

  private PeerLink goes() {
    return Rotation.leastUseful(links);
  }

  @Test
  void amongDrawnOnes_theYoungestGoes_howeverUseful() {
    drawn(8);
    PeerLink youngest = drawn();
    brings(youngest, 1);
    assertThat(goes()).isSameAs(youngest);
  }

  @Test
  void trialThatBringsNothing_isOver() {
    drawn(8);
    PeerLink trial = onTrial();
    assertThat(goes()).isSameAs(trial);
  }

  @Test
  void trialThatBringsMore_takesThePlaceOfTheYoungest_onceOnly() {
    drawn(7);
    PeerLink youngest = drawn();
    brings(youngest, 1);
    PeerLink first = onTrial();
    brings(first, 2);
    assertThat(goes()).isSameAs(youngest);

    links.remove(youngest);
    PeerLink second = onTrial();
    brings(second, 3);
    assertThat(goes()).as("winners compete among each other").isSameAs(first);
  }

  @Test
  void winner_staysAsLongAsItBringsMore() {
    drawn(7);
    PeerLink winner = onTrial();
    brings(winner, 5);
    PeerLink trial = onTrial();
    assertThat(goes()).as("one that brings nothing").isSameAs(trial);
    brings(trial, 4);
    assertThat(goes()).as("one that brought something longer ago").isSameAs(trial);
    brings(trial, 5);
    assertThat(goes()).as("one that is as good, and younger").isSameAs(trial);
    brings(trial, 6);
    assertThat(goes()).isSameAs(winner);
  }

  @Test
  void ageGivesAWinnerNoPlaceForGood() {
    PeerLink old = onTrial();
    brings(old, 1);
    drawn(7);
    PeerLink trial = onTrial();
    brings(trial, 2);
    assertThat(goes()).isSameAs(old);
  }

  @Test
  void timesAreComparedByDifference() {
    drawn(7);
    PeerLink winner = onTrial();
    brings(winner, Long.MAX_VALUE);
    PeerLink trial = onTrial();
    brings(trial, Long.MIN_VALUE);
    assertThat(goes()).isSameAs(winner);
  }
}
