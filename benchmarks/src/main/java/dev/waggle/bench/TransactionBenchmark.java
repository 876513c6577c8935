package dev.waggle.bench;

import dev.waggle.chain.Author;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.MemoryBlockStore;
import dev.waggle.chain.NodeService;
import dev.waggle.chain.Transaction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What the chain does with a transaction: examined beside the node thread, then judged and put
 * among those that wait, on it.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main TransactionBenchmark</pre>
 *
 * <p>One operation is one transaction of some 5,500 bytes, of which a chain of its own has many.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TransactionBenchmark extends AmpleFork {
  /** As many as find room, nearly. */
  private static final int COUNT = 4096;

  private static final int MEMO_BYTES = 243;

  private final SplittableRandom random = new SplittableRandom(1);
  private final ChainRules rules = Signing.rules();
  private final List<Delivery> deliveries = new ArrayList<>();
  private @Nullable NodeService chain;

  @Setup
  public void make() throws IOException {
    openEmpty();
    Author author = Author.drawn(rules, random::nextBytes);
    for (int i = 0; i < COUNT; i++) {
      byte[] memo = new byte[MEMO_BYTES];
      random.nextBytes(memo);
      Transaction transaction = author.write(Bytes.wrap(memo));
      GossipMessage message = transaction.toMessage();
      Examination examination = chain().examine(transaction.id(), message);
      deliveries.add(new Delivery(transaction.id(), message, examination, null));
    }
  }

  private void openEmpty() throws IOException {
    chain = NodeService.open(rules, new MemoryBlockStore(), InstantSource.system());
  }

  private NodeService chain() {
    return Objects.requireNonNull(chain);
  }

  /** A chain on which no transaction waits. */
  @State(Scope.Thread)
  public static class Room {
    @Setup(Level.Invocation)
    public void make(TransactionBenchmark benchmark) throws IOException {
      benchmark.openEmpty();
    }
  }

  /** All of them decoded, and their signatures checked. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OperationsPerInvocation(COUNT)
  @Warmup(iterations = 5)
  @Measurement(iterations = 5)
  public void examine(Room room, Blackhole results) {
    for (Delivery delivery : deliveries) {
      results.consume(chain().examine(delivery.id(), delivery.message()));
    }
  }

  /** All of them judged and kept. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @OperationsPerInvocation(COUNT)
  @Warmup(iterations = 50)
  @Measurement(iterations = 50)
  public void keep(Room room) throws DeliveryFailed {
    for (Delivery delivery : deliveries) {
      Verdict verdict = chain().validate(delivery);
      if (!(verdict instanceof Verdict.Accept)) {
        throw new IllegalStateException("the transaction is refused: " + verdict);
      }
      chain().deliver(delivery);
    }
  }
}
