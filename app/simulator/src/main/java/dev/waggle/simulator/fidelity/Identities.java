package dev.waggle.simulator.fidelity;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.handshake.NetworkId;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.SigningKeyPair;
import dev.waggle.simulator.engine.Seeds;
import dev.waggle.simulator.engine.Seeds.Purpose;
import java.util.List;

/** Makes the identities of a run, all for one suite, from its seed. */
final class Identities {
  private static final String NETWORK = "simulated";

  private final Seeds seeds;
  private final CipherSuite suite;
  private final HashFunction sha256;

  Identities(Seeds seeds, CipherSuite suite, HashFunction sha256) {
    this.seeds = seeds;
    this.suite = suite;
    this.sha256 = sha256;
  }

  SessionSettings sessionOf(int node, List<Integer> features) {
    SeededRandom forKeys = seeds.source(Purpose.IDENTITY, node);
    SigningKeyPair keys = suite.signature().generate(forKeys);
    PeerId id = new PeerId(Bytes.wrap(sha256.hash(keys.publicKey().borrowArray())));
    BincodeCodec codec = new BincodeCodec();
    HandshakeSettings handshake =
        new HandshakeSettings(
            new PeerIdentity(suite.signature().algorithm(), id, keys),
            NetworkId.of(NETWORK, sha256),
            List.of(suite),
            List.of(codec.name()),
            features,
            sha256,
            seeds.source(Purpose.CRYPTO, node));
    return new SessionSettings(handshake, List.of(codec));
  }
}
