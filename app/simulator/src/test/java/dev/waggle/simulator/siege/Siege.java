package dev.waggle.simulator.siege;

import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.simulator.engine.EventQueue;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.siege.Party.Node;
import dev.waggle.simulator.siege.Victim.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One node with the rules of the domain among modelled others, and an attacker who wants all of its
 * links.
 *
 * <p>The honest: 1,000 addresses, each in a group of its own, 30 % of which nobody has any more.
 * The others restart now and then. The attacker dials in under as many names as it likes, tells its
 * addresses and invented ones as fast as they are taken and faster, answers every dial, keeps its
 * links for ever, and is the first to bring whatever is new. It may also crowd the honest, or put
 * out of the network whom the node has chosen.
 */
final class Siege implements Victim.World {
  private static final int HONEST = 1000;
  private static final double DEAD = 0.3;
  private static final Duration ROUND_TRIP = Duration.ofMillis(100);
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** How long an honest node is away on the average. */
  private static final Duration RESTART = Duration.ofMinutes(10);

  private static final Duration ABSENCE = Duration.ofHours(24);
  private static final Duration KNOCKED_OUT = Duration.ofHours(1);

  private static final Duration HONEST_TELLS_EVERY = Duration.ofMinutes(10);
  private static final int HONEST_SAMPLE = 250;
  private static final int HONEST_INBOUND = 8;

  /**
   * While the tables fill; afterwards the same again changes little, and takes most of the time.
   */
  private static final Duration FLOODS_EVERY = Duration.ofMinutes(10);

  private static final Duration FLOODS_SELDOM_AFTER = Duration.ofHours(6);
  private static final Duration FLOODS_SELDOM = Duration.ofHours(1);
  private static final int FLOOD = 70;
  private static final Duration NEWS_EVERY = Duration.ofSeconds(20);
  private static final int HOSTILE_NAMES = 2_000_000;
  private static final int NAMES = 3_000;

  private final Plan plan;
  private final Seeds seeds;
  private final SplittableRandom random;
  private final EventQueue queue = new EventQueue();
  private final Party party;
  private final Node seed;
  private Victim victim;
  private int lives;
  private boolean underSiege;
  private long siegeSinceNanos;
  private int nextName;

  Siege(Plan plan, long number) {
    this.plan = plan;
    this.seeds = new Seeds(number);
    this.random = seeds.random(Seeds.Purpose.NETWORK);
    this.party = new Party(HONEST, DEAD, plan.addresses(), plan.groups(), random);
    this.seed = party.answering.getFirst();
    this.victim = newVictim(PeerMemory.NOTHING);
  }

  private Victim newVictim(PeerMemory remembered) {
    return new Victim(queue, seeds, lives++, remembered, seed.endpoint, this);
  }

  /** Lets it all happen. */
  Outcome run() {
    for (Node node : party.answering) {
      if (node != seed) {
        goesLater(node);
      }
    }
    victim.start();
    for (int i = 0; i < HONEST_INBOUND; i++) {
      comesLater(Duration.ofMinutes(1));
    }
    news();
    pass(plan.calm());
    underSiege = true;
    siegeSinceNanos = queue.nowNanos();
    for (Node node : party.answering) {
      node.full = random.nextDouble() < plan.full();
    }
    flood();
    if (plan.knocksEvery().isPositive()) {
      knockLater();
    }
    pass(plan.siege());
    settle();
    int running = captured();
    long hostileOutbound =
        victim.links().stream().filter(link -> link.outbound() && isHostile(link)).count();
    PeerMemory memory = victim.memory();
    int hostileGuards =
        (int) memory.guards().stream().filter(each -> party.isHostile(endpoint(each))).count();
    double triedShare = hostileShare(memory, true);
    double newShare = hostileShare(memory, false);
    victim.die();
    pass(Duration.ofMinutes(1));
    victim = newVictim(victim.memory());
    victim.start();
    rush();
    pass(Duration.ofHours(1));
    settle();
    return new Outcome(
        running,
        captured(),
        hostileOutbound > running,
        memory.guards().size(),
        hostileGuards,
        triedShare,
        newShare);
  }

  private void pass(Duration time) {
    queue.run(queue.nowNanos() + time.toNanos());
  }

  /** Until it has all of its links. */
  private void settle() {
    for (int i = 0; i < 600 && victim.kept().size() < Victim.OUTBOUND; i++) {
      pass(Duration.ofSeconds(1));
    }
  }

  /** Hostile links that the victim has chosen, and keeps. */
  private int captured() {
    return (int) victim.kept().stream().filter(Siege::isHostile).count();
  }

  private static boolean isHostile(Link link) {
    return link.with().hostile;
  }

  private static IpEndpoint endpoint(PeerAddress address) {
    return Objects.requireNonNull(IpEndpoint.of(address.endpoint()));
  }

  private double hostileShare(PeerMemory memory, boolean tried) {
    List<KnownAddress> of =
        memory.addresses().stream().filter(each -> each.tried() == tried).toList();
    long hostile = of.stream().filter(each -> party.isHostile(each.endpoint())).count();
    return (double) hostile / Math.max(1, of.size());
  }

  private Duration about(Duration mean) {
    double uniform = 1 - random.nextDouble();
    return Duration.ofNanos((long) (-StrictMath.log(uniform) * mean.toNanos()));
  }

  private void after(Duration time, Runnable action) {
    queue.after(time.toNanos(), action);
  }

  // ---- the honest

  private void goesLater(Node node) {
    after(
        about(plan.uptime()),
        () -> {
          goes(node);
          after(
              about(random.nextDouble() < plan.absent() ? ABSENCE : RESTART),
              () -> {
                node.up = true;
                goesLater(node);
              });
        });
  }

  private void goes(Node node) {
    node.up = false;
    for (Link link : victim.links()) {
      if (link.with() == node) {
        victim.end(link);
      }
    }
  }

  /** An honest node that has chosen the victim dials in, and another one once it is gone. */
  private void comesLater(Duration mean) {
    after(
        about(mean),
        () -> {
          Node node = party.oneOf(party.answering);
          Link link = node.up ? victim.established(node, node.identity, null) : null;
          if (link != null) {
            tellsLater(link);
          }
          awaitEnd(link);
        });
  }

  private void awaitEnd(@Nullable Link link) {
    if (link == null || !victim.has(link)) {
      comesLater(Duration.ofHours(1));
    } else {
      after(Duration.ofMinutes(10), () -> awaitEnd(link));
    }
  }

  private void tellsLater(Link link) {
    after(
        about(HONEST_TELLS_EVERY),
        () -> {
          if (victim.has(link)) {
            boolean ofHostile = knowsHostile() && random.nextDouble() < plan.hearsay();
            Node who = party.oneOf(ofHostile ? party.hostile : party.answering);
            if (who.up) {
              victim.tell(link, List.of(record(who.endpoint, Duration.ofMinutes(1))));
            }
            tellsLater(link);
          }
        });
  }

  private boolean knowsHostile() {
    return underSiege || plan.patient();
  }

  private List<AddressRecord> honestSample() {
    List<AddressRecord> sample = new ArrayList<>();
    for (int i = 0; i < HONEST_SAMPLE; i++) {
      if (knowsHostile() && random.nextDouble() < plan.hearsay()) {
        sample.add(record(party.oneOf(party.hostile).endpoint, about(Duration.ofHours(2))));
      } else if (random.nextDouble() < DEAD) {
        sample.add(record(party.oneOf(party.dead).endpoint, about(Duration.ofDays(5))));
      } else {
        sample.add(record(party.oneOf(party.answering).endpoint, about(Duration.ofHours(12))));
      }
    }
    return sample;
  }

  private static AddressRecord record(IpEndpoint endpoint, Duration age) {
    return new AddressRecord(endpoint, (int) age.toSeconds(), AddressRecord.SERVES_GOSSIP);
  }

  // ---- both

  @Override
  public void dialled(PeerAddress address) {
    Victim by = victim;
    Node node = party.at(endpoint(address));
    if (node == null || !node.up) {
      after(CONNECT_TIMEOUT, () -> by.dialFailed(address, CloseReason.Cause.TIMED_OUT));
      return;
    }
    after(
        ROUND_TRIP,
        () -> {
          Link link = by.established(node, node.identity, address);
          if (link != null && node.full) {
            after(ROUND_TRIP, () -> by.refuse(link));
          } else if (link != null && !node.hostile) {
            tellsLater(link);
          }
        });
  }

  @Override
  public void asked(Link link) {
    Victim by = victim;
    after(
        ROUND_TRIP,
        () -> by.tell(link, link.with().hostile ? hostileWords(1000, 0) : honestSample()));
  }

  /** Something new comes: from the attacker first, if it has a link. */
  private void news() {
    List<Link> links = victim.links();
    List<Link> hostile = links.stream().filter(Siege::isHostile).toList();
    if (!hostile.isEmpty()) {
      hostile.forEach(victim::broughtFirst); // Each with something of its own.
    } else if (!links.isEmpty()) {
      victim.broughtFirst(links.get(random.nextInt(links.size())));
    }
    after(NEWS_EVERY, this::news);
  }

  // ---- the attacker

  private List<AddressRecord> hostileWords(int count, double garbage) {
    List<AddressRecord> words = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      IpEndpoint endpoint =
          random.nextDouble() < garbage ? party.invented() : party.oneOf(party.hostile).endpoint;
      words.add(record(endpoint, Duration.ofMinutes(1)));
    }
    return words;
  }

  /** Takes what inbound places there are, and tells more than is taken; some come anew. */
  private void flood() {
    rush();
    for (Link link : victim.links()) {
      if (link.with().hostile && !link.outbound()) {
        victim.tell(link, hostileWords(FLOOD, plan.garbage()));
        if (random.nextInt(20) == 0) {
          victim.end(link);
        }
      }
    }
    boolean seldom = queue.nowNanos() - siegeSinceNanos > FLOODS_SELDOM_AFTER.toNanos();
    after(seldom ? FLOODS_SELDOM : FLOODS_EVERY, this::flood);
  }

  private void rush() {
    int inVain = 0;
    for (int i = 0; i < 2 * Victim.INBOUND && inVain < 10; i++) {
      int name = HOSTILE_NAMES + nextName++ % NAMES;
      Node from = party.oneOf(party.hostile);
      inVain += victim.established(from, name, null) == null ? 1 : 0;
    }
  }

  /** Puts a node that the victim has chosen out of the network for a while. */
  private void knockLater() {
    after(
        about(plan.knocksEvery()),
        () -> {
          List<Link> honest = victim.kept().stream().filter(link -> !isHostile(link)).toList();
          if (!honest.isEmpty()) {
            Node hit = honest.get(random.nextInt(honest.size())).with();
            goes(hit);
            after(KNOCKED_OUT, () -> hit.up = true);
          }
          knockLater();
        });
  }
}
