package dev.waggle.simulator.run;

import dev.waggle.ports.Endpoint;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.engine.Seeds.Purpose;
import dev.waggle.simulator.network.Host;
import dev.waggle.simulator.network.HostSettings;
import dev.waggle.simulator.network.NatKind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Who the nodes of a network are before it starts: where each of them is, and of whom it knows. The
 * same scenario and seed give the same, whether the nodes are simulated or real.
 *
 * @param members the nodes, by number
 */
public record Topology(List<Member> members) {
  private static final int PORT = Host.PORT;

  /** 11 to 99: in these no network is private or reserved. */
  private static final int FIRST_OCTET = 11;

  private static final int FIRST_OCTETS = 89;

  /**
   * A node.
   *
   * @param host its machine
   * @param known the numbers of the nodes of which it is told
   * @param clockRunsOver whether its clock runs over in the middle of a run
   */
  public record Member(HostSettings host, List<Integer> known, boolean clockRunsOver) {}

  /** Draws one. */
  public static Topology draw(Scenario scenario, Seeds seeds) {
    SplittableRandom random = seeds.random(Purpose.TOPOLOGY);
    SplittableRandom forRouters = seeds.random(Purpose.ROUTERS);
    List<HostSettings> hosts = new ArrayList<>();
    for (int number = 0; number < scenario.nodes(); number++) {
      hosts.add(drawHost(number, scenario, random, forRouters));
    }
    List<Member> members = new ArrayList<>();
    for (int number = 0; number < scenario.nodes(); number++) {
      List<Integer> known = drawKnown(number, scenario, random);
      members.add(new Member(hosts.get(number), known, !random.nextBoolean()));
    }
    return new Topology(members);
  }

  private static HostSettings drawHost(
      int number, Scenario scenario, SplittableRandom random, SplittableRandom forRouters) {
    int place = scenario.places().at(random.nextDouble());
    boolean isSeed = number < scenario.seeds();
    NatKind router = isSeed ? null : scenario.behindRouters().draw(forRouters);
    return new HostSettings(
        place,
        scenario.upBytesPerSecond(place),
        scenario.downBytesPerSecond(place),
        random.nextDouble() >= scenario.undialable() || isSeed,
        router);
  }

  private static List<Integer> drawKnown(int number, Scenario scenario, SplittableRandom random) {
    if (scenario.history().isThere()) {
      return scenario.history().known(number, scenario.nodes(), scenario.known());
    }
    if (scenario.discovers()) {
      return IntStream.range(0, scenario.seeds()).filter(seed -> seed != number).boxed().toList();
    }
    List<Integer> known = new ArrayList<>();
    int wanted = Math.min(scenario.known(), scenario.nodes() - 1);
    while (known.size() < wanted) {
      int drawn = random.nextInt(scenario.nodes());
      if (drawn != number && !known.contains(drawn)) {
        known.add(drawn);
      }
    }
    return known;
  }

  /**
   * The address of a node. They lie in as many networks as there can be, as those of a public
   * network do: neighbours by number share no prefix.
   */
  public static Endpoint endpoint(int number) {
    int rest = Integer.reverse(number / FIRST_OCTETS) >>> Short.SIZE;
    String host =
        "%d.%d.%d.1"
            .formatted(FIRST_OCTET + number % FIRST_OCTETS, rest >>> Byte.SIZE, rest & 0xFF);
    return new Endpoint(host, PORT);
  }
}
