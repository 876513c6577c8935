package dev.waggle.bench;

import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.SecretBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
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
 * AES-256-GCM of one record, in place, with a new nonce each time: what Waggle uses, and what it
 * decided against. Compare with {@code openssl speed -evp aes-256-gcm -bytes 16384}.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main SealBenchmark</pre>
 *
 * <p>What was sealed is sealed again: random bytes, as good as any.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class SealBenchmark {
  private static final int HEADER_BYTES = 4;
  private static final int TAG_BYTES = 16;

  @Param({"64", "256", "1024", "16384", "65536", "1048576"})
  private int bytes = 64;

  private final byte[] key = new byte[32];
  private final byte[] nonce = new byte[12];
  private final SecretKeySpec keySpec = new SecretKeySpec(new byte[32], "AES");
  private final GCMModeCipher bouncyCastle = GCMBlockCipher.newInstance(AESEngine.newInstance());
  private long counter;
  private byte[] record = new byte[0];
  private ByteBuffer plaintext = ByteBuffer.allocateDirect(0);
  private ByteBuffer ciphertext = ByteBuffer.allocateDirect(0);
  private Aead.Sealer sealer = newSealer();
  private Cipher cipher = newCipher();

  private static Aead.Sealer newSealer() {
    return Settings.defaultSuite().aead().sealer(SecretBytes.wrap(new byte[32]));
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Setup
  public void makeRecord() {
    record = new byte[HEADER_BYTES + bytes + TAG_BYTES];
    new Random(1).nextBytes(record);
    plaintext = ByteBuffer.allocateDirect(bytes).put(record, 0, bytes).flip();
    ciphertext = ByteBuffer.allocateDirect(bytes + TAG_BYTES);
    sealer = newSealer();
    cipher = newCipher();
  }

  private byte[] nextNonce() {
    ByteBuffer.wrap(nonce).putLong(Integer.BYTES, ++counter);
    return nonce;
  }

  /** As Waggle does it: the JDK, over a heap array. */
  @Benchmark
  public byte[] jdkHeap() {
    sealer.seal(nextNonce(), record, 0, HEADER_BYTES, HEADER_BYTES, bytes);
    return record;
  }

  /** The JDK over direct buffers, from one to the other. */
  @Benchmark
  public ByteBuffer jdkDirect() throws GeneralSecurityException {
    cipher.init(Cipher.ENCRYPT_MODE, keySpec, new GCMParameterSpec(8 * TAG_BYTES, nextNonce()));
    cipher.updateAAD(record, 0, HEADER_BYTES);
    cipher.doFinal(plaintext.rewind(), ciphertext.clear());
    return ciphertext;
  }

  /** Bouncy Castle, over a heap array. */
  @Benchmark
  public byte[] bouncyCastle() throws InvalidCipherTextException {
    bouncyCastle.init(true, new AEADParameters(new KeyParameter(key), 8 * TAG_BYTES, nextNonce()));
    bouncyCastle.processAADBytes(record, 0, HEADER_BYTES);
    int done = bouncyCastle.processBytes(record, HEADER_BYTES, bytes, record, HEADER_BYTES);
    bouncyCastle.doFinal(record, HEADER_BYTES + done);
    return record;
  }
}
