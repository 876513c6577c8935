package dev.waggle.bench;

import dev.waggle.chain.Author;
import dev.waggle.chain.Block;
import dev.waggle.chain.BlockTemplate;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.NodeService;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;
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
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the chain does with headers for nodes that catch up: looked up on the side of who is asked,
 * in files as a node keeps them, and examined on the side of who asks.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main HeaderBenchmark</pre>
 *
 * <p>One operation is one header, of as many as one message has.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@BenchmarkMode(Mode.AverageTime)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class HeaderBenchmark extends AmpleFork {
  private static final int COUNT = 128;

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<MessageId> ids = new ArrayList<>();
  private @Nullable Path folder;
  private @Nullable NodeService chain;
  private @Nullable HeaderChain headers;
  private @Nullable MessageId genesis;
  private List<Bytes> found = List.of();

  @Setup
  public void open() throws IOException, DeliveryFailed {
    Path opened = Files.createTempDirectory("waggle-bench");
    folder = opened;
    ChainRules rules = Signing.rules();
    NodeService service = NodeService.open(rules, opened, InstantSource.system());
    chain = service;
    headers = service.headerChain();
    genesis = rules.genesis().id();
    Author author = Author.drawn(rules, random::nextBytes);
    for (int i = 0; i < COUNT; i++) {
      add(service, author);
    }
    found = find().headers();
  }

  private void add(NodeService service, Author author) throws DeliveryFailed {
    BlockTemplate template =
        new BlockTemplate(service.view().height() + 1, service.view().tip(), 0, List.of());
    Block block = author.sign(template).with(0);
    Examination examination = service.examine(block.id(), block.toMessage());
    Delivery delivery = new Delivery(block.id(), block.toMessage(), examination, null);
    Verdict verdict = service.validate(delivery);
    if (!(verdict instanceof Verdict.Accept)) {
      throw new IllegalStateException("the block is refused: " + verdict);
    }
    service.deliver(delivery);
    ids.add(block.id());
  }

  @TearDown
  public void close() throws IOException {
    Objects.requireNonNull(chain).close();
    try (Stream<Path> files = Files.walk(Objects.requireNonNull(folder))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Looked up and read back. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public HeaderChain.Stretch find() {
    HeaderChain.Stretch stretch =
        Objects.requireNonNull(headers).after(Objects.requireNonNull(genesis), COUNT);
    if (stretch == null || stretch.headers().size() != COUNT) {
      throw new IllegalStateException("the headers are not found");
    }
    return stretch;
  }

  /** Decoded, and each compared with the one before it; their ids are not computed. */
  @Benchmark
  @OperationsPerInvocation(COUNT)
  public Examination examine() {
    return Objects.requireNonNull(headers)
        .examineHeaders(Objects.requireNonNull(genesis), ids, found);
  }
}
