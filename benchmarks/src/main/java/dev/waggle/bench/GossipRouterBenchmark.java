package dev.waggle.bench;

import dev.waggle.bench.workload.Settings;
import dev.waggle.crypto.SystemRandom;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.gossip.DuplicateFilter;
import dev.waggle.domain.gossip.GossipRouter;
import dev.waggle.domain.gossip.GossipSettings;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.domain.neighbour.Neighbour;
import dev.waggle.domain.neighbour.Offence;
import dev.waggle.domain.rates.Allowance;
import dev.waggle.domain.rates.RateSettings;
import dev.waggle.domain.rates.Told;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.node.CatchUpObserver;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decisions a second about gossip, with a seen-cache that is full: a million ids.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main GossipRouterBenchmark</pre>
 *
 * <p>Messages of 256 B come from one peer; the others take whatever they are sent. The application
 * accepts everything. One operation is one message, or one id of an announcement. Known messages
 * and ids are spread over the whole cache, so that a look-up waits for memory as it would in a
 * node. The clock stands: nothing is too old.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class GossipRouterBenchmark {
  private static final int MESSAGE_BYTES = 256;
  private static final int SEEN = GossipSettings.DEFAULTS.seenMaxCount();

  /** Every so many of the seen messages come again. */
  private static final int KNOWN_EVERY = 16;

  private static final int KNOWN = SEEN / KNOWN_EVERY;
  private static final long NOW_NANOS = 1;

  /** The peers that messages are pushed to, beside the one that they come from. */
  @Param({"8", "50"})
  private int peers = 8;

  private final List<Delivery> known = new ArrayList<>();
  private final List<List<MessageId>> announcements = new ArrayList<>();
  private final Accepting application = new Accepting();
  private final Peer from = new Peer(0);
  private final byte[] template = new byte[MESSAGE_BYTES];
  private final MessageIds ids = new MessageIds(Settings.defaultSuite().hash());
  private GossipRouter router = router();
  private long number;
  private int next;

  private GossipRouter router() {
    return new GossipRouter(
        GossipSettings.DEFAULTS,
        application,
        DuplicateFilter.NONE,
        _ -> {},
        CatchUpObserver.NONE,
        new Draws(new SystemRandom()),
        new Alarm());
  }

  @Setup
  public void fillCache() {
    new Random(1).nextBytes(template);
    router = router();
    List<MessageId> announcement = new ArrayList<>();
    for (int i = 0; i < SEEN; i++) {
      Delivery delivery = delivery(freshMessage());
      router.gossiped(from, delivery, NOW_NANOS);
      if (i % KNOWN_EVERY == 0) {
        known.add(delivery);
        announcement.add(delivery.id());
      }
      if (announcement.size() == WireMessage.MAX_IDS) {
        announcements.add(List.copyOf(announcement));
        announcement.clear();
      }
    }
    if (router.counters().seen() != SEEN) {
      throw new IllegalStateException("the cache holds " + router.counters().seen());
    }
    router.linked(from, NOW_NANOS);
    for (int i = 1; i <= peers; i++) {
      router.linked(new Peer(i), NOW_NANOS);
    }
  }

  private Delivery delivery(GossipMessage message) {
    return new Delivery(ids.of(message), message, Examination.NONE, from.id());
  }

  private GossipMessage freshMessage() {
    byte[] payload = template.clone();
    ByteBuffer.wrap(payload).putLong(number++);
    return new GossipMessage.Transaction(Bytes.wrap(payload));
  }

  /** A message that was judged already. */
  @Benchmark
  public void duplicate() {
    router.gossiped(from, known.get(next++ & (KNOWN - 1)), NOW_NANOS);
  }

  /**
   * A new one: judged, remembered in the place of the oldest, spread; its making and its id
   * included.
   */
  @Benchmark
  public void fresh() {
    router.gossiped(from, delivery(freshMessage()), NOW_NANOS);
  }

  /** Ids that are known, 1024 in an announcement. */
  @Benchmark
  @OperationsPerInvocation(WireMessage.MAX_IDS)
  public void announce() {
    router.announced(from, announcements.get(next++ & (announcements.size() - 1)), NOW_NANOS);
  }

  /** Takes what it is sent, and keeps the latest, so that sending is more than nothing. */
  private static final class Peer implements Neighbour {
    private final PeerId id;
    private WireMessage latest = new WireMessage.GetAddr();
    private final Allowance allowance = new Allowance(RateSettings.DEFAULTS, NOW_NANOS);
    private long firsts;
    private long served;

    Peer(int number) {
      byte[] bytes = new byte[32];
      bytes[0] = (byte) number;
      id = new PeerId(Bytes.wrap(bytes));
    }

    @Override
    public PeerId id() {
      return id;
    }

    @Override
    public boolean send(WireMessage message, long nowNanos) {
      latest = message;
      return true;
    }

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public boolean has(int feature) {
      return false;
    }

    @Override
    public boolean isOutbound() {
      return false;
    }

    @Override
    public boolean takesMore() {
      return true;
    }

    /** Whatever is announced here again and again: it is counted, and given back. */
    @Override
    public int allow(Told what, int count, long nowNanos) {
      int taken = allowance.take(what, count, nowNanos);
      allowance.giveBack(what, taken);
      return count;
    }

    @Override
    public void served(int count) {
      served += count;
    }

    @Override
    public void broughtFirst(GossipMessage.Kind kind, long nowNanos) {
      firsts++;
    }

    @Override
    public void broughtAgain() {}

    @Override
    public void blame(Offence offence, long nowNanos) {
      throw new IllegalStateException("nobody has done " + offence);
    }

    @Override
    public String toString() {
      return id + ", sent " + latest + ", first with " + firsts + ", served " + served;
    }
  }
}
