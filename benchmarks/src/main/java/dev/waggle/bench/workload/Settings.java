package dev.waggle.bench.workload;

import dev.waggle.crypto.CipherSuites;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.crypto.CryptoUnavailable;
import dev.waggle.crypto.SystemRandom;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.handshake.NetworkId;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SigningKeyPair;
import dev.waggle.ports.wire.WireCodec;
import java.util.List;

/** What the sides of a benchmark's sessions bring along: the product's own, with new identities. */
public final class Settings {
  /** The network that all of them belong to. */
  public static final String NETWORK = "bench";

  private Settings() {}

  public static CipherSuites suites(CryptoChoice crypto) {
    try {
      return CipherSuites.create(crypto);
    } catch (CryptoUnavailable e) {
      throw new IllegalStateException(e);
    }
  }

  /** The suite that nodes use unless told otherwise. */
  public static CipherSuite defaultSuite() {
    return suites(CryptoChoice.AUTO).all().getFirst();
  }

  /** A new identity that offers one suite. */
  public static HandshakeSettings handshake(
      CipherSuites suites, CipherSuite suite, WireCodec codec) {
    HashFunction sha256 = suites.all().getFirst().hash();
    RandomSource random = new SystemRandom();
    SigningKeyPair keyPair = suite.signature().generate(random);
    PeerId id = new PeerId(Bytes.wrap(sha256.hash(keyPair.publicKey().borrowArray())));
    return new HandshakeSettings(
        new PeerIdentity(suite.signature().algorithm(), id, keyPair),
        NetworkId.of(NETWORK, sha256),
        List.of(suite),
        List.of(codec.name()),
        List.of(),
        sha256,
        random);
  }

  /** A new identity with the suite and the codec that nodes use unless told otherwise. */
  public static SessionSettings session() {
    return session(defaultSuite(), new BincodeCodec());
  }

  /** A new identity with this suite and this codec, and no others. */
  public static SessionSettings session(CipherSuite suite, WireCodec codec) {
    return new SessionSettings(handshake(suites(CryptoChoice.AUTO), suite, codec), List.of(codec));
  }
}
