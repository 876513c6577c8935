package dev.waggle.charts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.charts.NetworkGraph.Spot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdTest {
  private static final double GAP = 2;

  private static double distance(Spot one, Spot other) {
    return Math.hypot(one.x() - other.x(), one.y() - other.y());
  }

  private static double closest(List<Spot> spots) {
    double closest = Double.MAX_VALUE;
    for (int i = 0; i < spots.size(); i++) {
      for (int j = 0; j < i; j++) {
        closest = Math.min(closest, distance(spots.get(i), spots.get(j)));
      }
    }
    return closest;
  }

  @Test
  void manyAtOnePlace_getRoomAroundIt() {
    List<Spot> spread = Crowd.spread(Collections.nCopies(50, new Spot(8, 47)), GAP);
    assertThat(closest(spread)).isGreaterThan(0.8 * GAP);
    assertThat(spread).allMatch(spot -> distance(spot, new Spot(8, 47)) < 8 * GAP);
  }

  @Test
  void crowdsThatWouldMeet_pushEachOtherAside() {
    List<Spot> spots = new ArrayList<>(Collections.nCopies(50, new Spot(0, 51)));
    spots.addAll(Collections.nCopies(50, new Spot(2, 49)));
    assertThat(closest(Crowd.spread(spots, GAP))).isGreaterThan(0.8 * GAP);
  }

  @Test
  void whoHasRoom_stays() {
    List<Spot> spots = List.of(new Spot(0, 0), new Spot(3, 0), new Spot(0, 2));
    assertThat(Crowd.spread(spots, GAP)).isEqualTo(spots);
  }
}
