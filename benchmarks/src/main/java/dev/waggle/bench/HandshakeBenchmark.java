package dev.waggle.bench;

import dev.waggle.bench.workload.FoundParts;
import dev.waggle.bench.workload.Settings;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.handshake.Handshake;
import dev.waggle.domain.handshake.HandshakeResult;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.handshake.HandshakeStep;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.Encapsulation;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * A full handshake, both sides on one core, without sockets, in turn with the sum of its
 * primitives, which it should exceed by little.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main HandshakeBenchmark</pre>
 *
 * <p>{@code -p suite=NAME} takes any suite that a node would find. One operation is one of each.
 * {@code handshakeNanos} and {@code primitivesNanos} are how much of a second each takes: a machine
 * that is slow for a while slows both alike, which it would not if one were measured after the
 * other. The others are the four parts of the former, each the work of one side between two
 * messages, and how many handshakes they are of.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HandshakeBenchmark {
  private static final int TRANSCRIPT_BYTES = 64;

  @Param({"mlkem768-mldsa65", "mlkem1024-mldsa87", "x25519mlkem768-mldsa65"})
  private String suite = "mlkem768-mldsa65";

  @Param({"AUTO", "JDK", "BC"})
  private CryptoChoice crypto = CryptoChoice.AUTO;

  private CipherSuite chosen = Settings.defaultSuite();
  private HandshakeSettings alice = settings();
  private HandshakeSettings bob = alice;

  @Setup
  public void makeIdentities() {
    chosen = FoundParts.suite(suite, crypto);
    alice = settings();
    bob = settings();
  }

  private HandshakeSettings settings() {
    return Settings.handshake(Settings.suites(crypto), chosen, new BincodeCodec());
  }

  /** Where the time goes. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Costs {
    public long handshakeNanos;
    public long primitivesNanos;
    public long offerNanos;
    public long acceptanceNanos;
    public long confirmationNanos;
    public long admissionNanos;
    public long handshakes;
  }

  /** One handshake, and then the primitives of one. */
  @Benchmark
  public void inTurn(Costs costs, Blackhole results) throws InvalidKeyMaterial {
    long start = System.nanoTime();
    results.consume(handshake(costs));
    long between = System.nanoTime();
    primitives(results);
    costs.handshakeNanos += between - start;
    costs.primitivesNanos += System.nanoTime() - between;
  }

  /** Offer, Acceptance and Confirmation, made and checked. */
  private HandshakeResult handshake(Costs costs) {
    Handshake initiator = Handshake.initiator(alice, chosen, bob.identity().peerId());
    Handshake responder = Handshake.responder(bob);
    responder.start();
    long start = System.nanoTime();
    HandshakeStep.Send offer = (HandshakeStep.Send) worked(initiator, initiator.start());
    long offered = System.nanoTime();
    HandshakeStep.Send acceptance =
        (HandshakeStep.Send) worked(responder, responder.receive(offer.message()));
    long accepted = System.nanoTime();
    HandshakeStep.Done confirmed =
        (HandshakeStep.Done) worked(initiator, initiator.receive(acceptance.message()));
    Bytes confirmation = Objects.requireNonNull(confirmed.lastMessage());
    long confirms = System.nanoTime();
    HandshakeStep.Done admitted =
        (HandshakeStep.Done) worked(responder, responder.receive(confirmation));
    costs.offerNanos += offered - start;
    costs.acceptanceNanos += accepted - offered;
    costs.confirmationNanos += confirms - accepted;
    costs.admissionNanos += System.nanoTime() - confirms;
    costs.handshakes++;
    return admitted.result();
  }

  /**
   * The lattice arithmetic that no such handshake can do without, and nothing else: one key pair,
   * one encapsulation and its opening, two signatures and their verification.
   */
  private void primitives(Blackhole results) throws InvalidKeyMaterial {
    RandomSource random = alice.random();
    try (KemKeyPair ephemeral = chosen.kem().generate(random)) {
      Encapsulation capsule = chosen.kem().encapsulate(ephemeral.publicKey(), random);
      results.consume(chosen.kem().decapsulate(ephemeral, capsule.ciphertext()));
    }
    results.consume(signAndVerify(alice, random));
    results.consume(signAndVerify(bob, random));
  }

  /** A transcript is signed by its hash, and some label. */
  private boolean signAndVerify(HandshakeSettings signer, RandomSource random) {
    SigningKeyPair own = signer.identity().keyPair();
    byte[] transcript = random.bytes(TRANSCRIPT_BYTES);
    Bytes signature = chosen.signature().sign(own, transcript, random);
    return chosen.signature().verify(own.publicKey(), transcript, signature);
  }

  private static HandshakeStep worked(Handshake handshake, HandshakeStep step) {
    HandshakeStep next = step;
    while (next instanceof HandshakeStep.Compute compute) {
      next = handshake.resume(compute.work().compute());
    }
    return next;
  }
}
