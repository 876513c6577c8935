package dev.waggle.cli.attack;

import dev.waggle.crypto.CipherSuites;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.crypto.CryptoUnavailable;
import dev.waggle.crypto.SystemRandom;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.handshake.NetworkId;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.util.List;

/** Identities for the asking, which is all that they cost an attacker. Owned by one thread. */
final class Identities {
  private static final String SUITE = "mlkem768-mldsa65";

  private final SystemRandom random = new SystemRandom();
  private final CipherSuite suite;

  Identities() {
    try {
      suite = CipherSuites.create(CryptoChoice.JDK).find(SUITE).orElseThrow();
    } catch (CryptoUnavailable e) {
      throw new AssertionError("the tests run on a complete JDK", e);
    }
  }

  /** What a link of a peer that was never seen before brings. */
  SessionSettings next() {
    return next(List.of());
  }

  /** The same with features of the protocol, ascending. */
  SessionSettings next(List<Integer> features) {
    SigningKeyPair keyPair = suite.signature().generate(random);
    PeerId peerId = new PeerId(Bytes.wrap(suite.hash().hash(keyPair.publicKey().borrowArray())));
    HandshakeSettings handshake =
        new HandshakeSettings(
            new PeerIdentity(suite.signature().algorithm(), peerId, keyPair),
            NetworkId.of(ConfigKeys.NETWORK.defaultText(), suite.hash()),
            List.of(suite),
            List.of(BincodeCodec.NAME),
            features,
            suite.hash(),
            random);
    return new SessionSettings(handshake, List.of(new BincodeCodec()));
  }
}
