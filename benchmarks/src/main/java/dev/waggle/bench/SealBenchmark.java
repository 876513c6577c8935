package dev.waggle.bench;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * AES-256-GCM of one record, with a new nonce each time: what Waggle uses, and what it decided
 * against. Compare with {@code openssl speed -evp aes-256-gcm -bytes 16384}.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main SealBenchmark</pre>
 *
 * <p>A provider that the platform lacks fails its own lines only.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgsAppend = {"--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED"})
public class SealBenchmark {
  private static final int NONCE_BYTES = 12;

  @Param private GcmProvider provider = GcmProvider.JDK_HEAP;

  @Param({"64", "256", "1024", "16384", "65536", "1048576"})
  private int bytes = 64;

  private final ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);
  private long counter;
  private @Nullable GcmRecord record;

  @Setup
  public void makeRecord() throws GeneralSecurityException {
    record = provider.record(bytes);
  }

  @Benchmark
  public Object seal() throws GeneralSecurityException {
    nonce.putLong(NONCE_BYTES - Long.BYTES, ++counter);
    return Objects.requireNonNull(record).seal(nonce.array());
  }
}
