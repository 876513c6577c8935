package dev.waggle.simulator.siege;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many of a node's links an attacker gets. */
class SiegeTest {
  @Test
  void experiment() {
    String which = System.getProperty("plans", "narrow,wide");
    int count = Integer.getInteger("seeds", 5);
    for (String plan : which.split(",", -1)) {
      for (int calm : new int[] {0, 1, 24}) {
        for (int siege : hours()) {
          run(plan, calm, siege, count);
        }
      }
    }
  }

  private static int[] hours() {
    return java.util.Arrays.stream(System.getProperty("sieges", "24").split(",", -1))
        .mapToInt(Integer::parseInt)
        .toArray();
  }

  private static void run(String name, int calm, int siege, int count) {
    Duration before = Duration.ofHours(calm);
    Duration during = Duration.ofHours(siege);
    Plan plan = name.equals("narrow") ? Plan.narrow(before, during) : Plan.wide(before, during);
    int[] running = new int[10];
    int[] restarted = new int[10];
    double tried = 0;
    double fresh = 0;
    String ways = "";
    long start = System.nanoTime();
    for (int seed = 1; seed <= count; seed++) {
      Outcome outcome = new Siege(plan, seed).run();
      running[outcome.running()]++;
      restarted[outcome.restarted()]++;
      tried += outcome.triedShare() / count;
      fresh += outcome.newShare() / count;
      ways = outcome.ways() + ", book " + outcome.bookSize();
    }
    System.out.printf(
        "%s calm %d h siege %d h: running %s restarted %s; hostile tried %.2f new %.2f; %s; %.2f s each%n",
        name, calm, siege, list(running), list(restarted), tried, fresh, ways,
        (System.nanoTime() - start) / 1e9 / count);
  }

  private static String list(int[] counts) {
    List<Integer> all = new ArrayList<>();
    int sum = 0;
    int of = 0;
    for (int i = 0; i < counts.length; i++) {
      all.add(counts[i]);
      sum += i * counts[i];
      of += counts[i];
    }
    return all + " mean " + Math.round(100.0 * sum / of) / 100.0;
  }
}
