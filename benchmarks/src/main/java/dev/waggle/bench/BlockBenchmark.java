package dev.waggle.bench;

import dev.waggle.chain.Author;
import dev.waggle.chain.Block;
import dev.waggle.chain.BlockTemplate;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.NodeService;
import dev.waggle.chain.Transaction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the chain does with a block: examined beside the node thread, then judged and kept on it, in
 * files as a node keeps it.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main BlockBenchmark</pre>
 *
 * <p>One operation is one block, each of them new and on top of the one before. Their making and
 * their ids are not measured, and they prove no work.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BlockBenchmark extends AmpleFork {
  /** Blocks of which the three tell what a block, its bytes and its transactions cost. */
  public enum Shape {
    /** No transactions. */
    EMPTY(0, 0),

    /** About a megabyte in few transactions. */
    HEAVY(15, 64 * 1024),

    /** About as many bytes, in nearly as many transactions as can be in that. */
    CROWDED(180, 5_500);

    private final int transactions;
    private final int transactionBytes;

    Shape(int transactions, int transactionBytes) {
      this.transactions = transactions;
      this.transactionBytes = transactionBytes;
    }

    public int transactions() {
      return transactions;
    }

    /** Of all transactions. */
    public int bytes() {
      return transactions * transactionBytes;
    }
  }

  @Param private Shape shape = Shape.EMPTY;

  private final SplittableRandom random = new SplittableRandom(1);
  private @Nullable Path folder;
  private @Nullable NodeService chain;
  private @Nullable Author author;
  private @Nullable Delivery next;

  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("waggle-bench");
    ChainRules rules = Signing.rules();
    author = Author.drawn(rules, random::nextBytes);
    chain = NodeService.open(rules, folder, InstantSource.system());
    next = delivery();
  }

  @TearDown
  public void close() throws IOException {
    chain().close();
    try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private NodeService chain() {
    return Objects.requireNonNull(chain);
  }

  /** A block on top of the chain, examined. */
  private Delivery delivery() {
    Author signer = Objects.requireNonNull(author);
    List<Transaction> transactions = new ArrayList<>();
    for (int i = 0; i < shape.transactions; i++) {
      byte[] memo = new byte[shape.transactionBytes - Transaction.OVERHEAD];
      random.nextBytes(memo);
      transactions.add(signer.write(Bytes.wrap(memo)));
    }
    BlockTemplate template =
        new BlockTemplate(chain().view().height() + 1, chain().view().tip(), 0, transactions);
    Block block = signer.sign(template).with(0);
    GossipMessage message = new GossipMessage.Block(block.payload());
    return new Delivery(block.id(), message, chain().examine(block.id(), message), null);
  }

  /** Decoded, and its transactions' root compared; its signatures were checked when it was made. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @Warmup(iterations = 5, time = 1)
  @Measurement(iterations = 5, time = 1)
  public Examination examine() {
    Delivery same = Objects.requireNonNull(next);
    return chain().examine(same.id(), same.message());
  }

  /** The next block for {@code keep}. */
  @State(Scope.Thread)
  public static class Next {
    private @Nullable Delivery delivery;

    @Setup(Level.Invocation)
    public void make(BlockBenchmark benchmark) {
      delivery = benchmark.delivery();
    }
  }

  /** Judged on its parent, stored, indexed, and the tip moved. */
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 100)
  @Measurement(iterations = 100)
  public void keep(Next block) throws DeliveryFailed {
    Delivery delivery = Objects.requireNonNull(block.delivery);
    Verdict verdict = chain().validate(delivery);
    if (!(verdict instanceof Verdict.Accept)) {
      throw new IllegalStateException("the block is refused: " + verdict);
    }
    chain().deliver(delivery);
    if (!chain().view().tip().equals(delivery.id())) {
      throw new IllegalStateException("the block is not the new tip");
    }
  }
}
