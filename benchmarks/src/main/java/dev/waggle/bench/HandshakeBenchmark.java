package dev.waggle.bench;

import dev.waggle.crypto.CipherSuites;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.crypto.CryptoUnavailable;
import dev.waggle.crypto.SystemRandom;
import dev.waggle.domain.handshake.Handshake;
import dev.waggle.domain.handshake.HandshakeResult;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.handshake.HandshakeStep;
import dev.waggle.domain.handshake.NetworkId;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
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
 * A full handshake, both sides on one core, without sockets.
 *
 * <pre>java -cp 'benchmarks/target/waggle/lib/*' org.openjdk.jmh.Main HandshakeBenchmark</pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class HandshakeBenchmark {
  @Param({"mlkem768-mldsa65", "mlkem1024-mldsa87", "x25519mlkem768-mldsa65"})
  private String suite = "mlkem768-mldsa65";

  @Param({"JDK", "BC"})
  private CryptoChoice crypto = CryptoChoice.AUTO;

  private HandshakeSettings alice = settings();
  private HandshakeSettings bob = alice;
  private CipherSuite keySuite = alice.suites().getFirst();

  @Setup
  public void makeIdentities() {
    alice = settings();
    bob = settings();
    keySuite = alice.suites().getFirst();
  }

  private HandshakeSettings settings() {
    CipherSuites suites;
    try {
      suites = CipherSuites.create(crypto);
    } catch (CryptoUnavailable e) {
      throw new IllegalStateException(e);
    }
    CipherSuite chosen = suites.find(suite).orElseThrow();
    HashFunction sha256 = suites.all().getFirst().hash();
    RandomSource random = new SystemRandom();
    SigningKeyPair keyPair = chosen.signature().generate(random);
    PeerId id = new PeerId(Bytes.wrap(sha256.hash(keyPair.publicKey().borrowArray())));
    return new HandshakeSettings(
        new PeerIdentity(chosen.signature().algorithm(), id, keyPair),
        NetworkId.of("bench", sha256),
        List.of(chosen),
        List.of("bincode"),
        sha256,
        random);
  }

  /** Offer, Acceptance and Confirmation, made and checked. */
  @Benchmark
  public HandshakeResult handshake() {
    Handshake initiator = Handshake.initiator(alice, keySuite, bob.identity().peerId());
    Handshake responder = Handshake.responder(bob);
    responder.start();
    HandshakeStep.Send offer = (HandshakeStep.Send) worked(initiator, initiator.start());
    HandshakeStep.Send acceptance =
        (HandshakeStep.Send) worked(responder, responder.receive(offer.message()));
    HandshakeStep.Done confirmed =
        (HandshakeStep.Done) worked(initiator, initiator.receive(acceptance.message()));
    Bytes confirmation = Objects.requireNonNull(confirmed.lastMessage());
    HandshakeStep.Done accepted =
        (HandshakeStep.Done) worked(responder, responder.receive(confirmation));
    return accepted.result();
  }

  private static HandshakeStep worked(Handshake handshake, HandshakeStep step) {
    HandshakeStep next = step;
    while (next instanceof HandshakeStep.Compute compute) {
      next = handshake.resume(compute.work().compute());
    }
    return next;
  }
}
