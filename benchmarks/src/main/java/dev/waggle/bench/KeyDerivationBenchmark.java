package dev.waggle.bench;

import dev.waggle.bench.workload.FoundParts;
import dev.waggle.bench.workload.Settings;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.ports.crypto.KeyDerivation;
import dev.waggle.ports.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Security;
import java.util.concurrent.TimeUnit;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import org.openjdk.jmh.annotations.AuxCounters;
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
 * The keys of a handshake and of a ratchet, by Waggle's HKDF and by the JDK's (JEP 510), in turn.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main KeyDerivationBenchmark</pre>
 *
 * <p>One operation is a hundred of each. {@code waggleNanos} and {@code jdkNanos} are how much of a
 * second each takes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class KeyDerivationBenchmark {
  private static final int KEY_BYTES = 32;
  private static final int IV_BYTES = 12;

  /** Enough for the clock not to count, and few enough for both to meet the same machine. */
  private static final int IN_A_ROW = 100;

  private static final byte[] SALT = "waggle/1 master secret".getBytes(StandardCharsets.US_ASCII);

  /** A label, a zero and a transcript. */
  private static final byte[] INFO = new byte[64];

  private static final byte[] LABEL = "waggle/1 record key".getBytes(StandardCharsets.US_ASCII);

  @Param({"mlkem768-mldsa65", "mlkem1024-mldsa87"})
  private String suite = "mlkem768-mldsa65";

  private final SecretBytes kemSecret = SecretBytes.wrap(new byte[KEY_BYTES]);
  private KeyDerivation waggle = Settings.defaultSuite().kdf();
  private KeyDerivation jdk = new JdkHkdf(waggle);
  private SecretBytes trafficSecret = kemSecret;

  @Setup
  public void derive() {
    waggle = FoundParts.suite(suite, CryptoChoice.AUTO).kdf();
    jdk = new JdkHkdf(waggle);
    trafficSecret = waggle.extract(SALT, kemSecret);
    if (!jdk.extract(SALT, kemSecret).equals(trafficSecret)) {
      throw new IllegalStateException("one of the two is not HKDF");
    }
  }

  /** Where the time goes. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Costs {
    public long waggleNanos;
    public long jdkNanos;
  }

  /** PROTOCOL §4.4: a master secret, and of it two sealing keys, MAC keys and traffic secrets. */
  @Benchmark
  public int handshake(Costs costs) {
    return inTurn(costs, this::handshakeKeys);
  }

  /** PROTOCOL §6.3: the next secret, and its key and IV. */
  @Benchmark
  public int ratchet(Costs costs) {
    return inTurn(costs, this::ratchetKeys);
  }

  private interface Keys {
    int derive(KeyDerivation kdf);
  }

  private int inTurn(Costs costs, Keys keys) {
    int bytes = 0;
    long start = System.nanoTime();
    for (int i = 0; i < IN_A_ROW; i++) {
      bytes += keys.derive(waggle);
    }
    long between = System.nanoTime();
    for (int i = 0; i < IN_A_ROW; i++) {
      bytes += keys.derive(jdk);
    }
    costs.waggleNanos += between - start;
    costs.jdkNanos += System.nanoTime() - between;
    return bytes;
  }

  private int handshakeKeys(KeyDerivation kdf) {
    int bytes = 0;
    try (SecretBytes master = kdf.extract(SALT, kemSecret)) {
      for (int length : new int[] {KEY_BYTES, kdf.hashLength(), kdf.hashLength()}) {
        bytes += expand(kdf, master, INFO, length) + expand(kdf, master, INFO, length);
      }
    }
    return bytes;
  }

  private int ratchetKeys(KeyDerivation kdf) {
    try (SecretBytes next = kdf.expand(trafficSecret, LABEL, kdf.hashLength())) {
      return expand(kdf, next, LABEL, KEY_BYTES) + expand(kdf, next, LABEL, IV_BYTES);
    }
  }

  private static int expand(KeyDerivation kdf, SecretBytes secret, byte[] info, int length) {
    try (SecretBytes derived = kdf.expand(secret, info, length)) {
      return derived.length();
    }
  }

  /** The JDK's, with as few copies of secrets as its interface permits. */
  private static final class JdkHkdf implements KeyDerivation {
    private final KeyDerivation hmac;
    private final String algorithm;
    private final Provider provider = Security.getProvider("SunJCE");

    JdkHkdf(KeyDerivation hmac) {
      this.hmac = hmac;
      this.algorithm = "HKDF-SHA" + Byte.SIZE * hmac.hashLength();
    }

    @Override
    public int hashLength() {
      return hmac.hashLength();
    }

    @Override
    public SecretBytes extract(byte[] salt, SecretBytes inputKeyMaterial) {
      return derive(
          HKDFParameterSpec.ofExtract()
              .addSalt(salt)
              .addIKM(new Lent(inputKeyMaterial))
              .extractOnly());
    }

    @Override
    public SecretBytes expand(SecretBytes pseudorandomKey, byte[] info, int length) {
      return derive(HKDFParameterSpec.expandOnly(new Lent(pseudorandomKey), info, length));
    }

    @Override
    public byte[] mac(SecretBytes key, byte[] message) {
      return hmac.mac(key, message);
    }

    /** A new one for each call: it may not be used by two threads. */
    private SecretBytes derive(HKDFParameterSpec parameters) {
      try {
        return SecretBytes.wrap(KDF.getInstance(algorithm, provider).deriveData(parameters));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A secret as the JDK takes it. What it asks for it wipes. */
  private record Lent(SecretBytes secret) implements SecretKey {
    @Override
    public String getAlgorithm() {
      return "Generic";
    }

    @Override
    public String getFormat() {
      return "RAW";
    }

    @Override
    public byte[] getEncoded() {
      return secret.borrowArray().clone();
    }
  }
}
