package dev.waggle.domain.punch;

import dev.waggle.domain.codec.BincodeWriter;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import java.nio.charset.StandardCharsets;

/**
 * What is signed: who says what of itself to whom (PROTOCOL §9.10). The receiver is part of it, so
 * that nobody can show it to somebody else.
 */
record Statement(PeerId from, PeerId to, PunchMessage.Tag tag, Terms terms) {
  private static final String LABEL = "waggle/1 punch";

  private byte[] bytes(Bytes networkId) {
    BincodeWriter out = new BincodeWriter();
    out.putBytes(Bytes.wrap(LABEL.getBytes(StandardCharsets.US_ASCII)));
    out.putByte(0);
    out.putBytes(networkId);
    out.putBytes(from.hash());
    out.putBytes(to.hash());
    out.putIntLittleEndian(tag.number());
    PunchMessage.put(out, terms);
    return out.toBytes().toArray();
  }

  /** Signs as {@link #from}, and returns the whole body. */
  Bytes signed(HandshakeSettings settings) {
    PeerIdentity identity = settings.identity();
    CipherSuite suite = settings.suites().getFirst();
    Bytes signature =
        suite.signature().sign(identity.keyPair(), bytes(settings.networkId()), settings.random());
    Bytes publicKey = identity.keyPair().publicKey();
    return PunchMessage.encode(
        tag, terms, new PunchMessage.Proof(suite.id(), publicKey, signature));
  }

  /** Whether {@link #from} has said so. */
  boolean isProvedBy(PunchMessage.Proof proof, HandshakeSettings settings) {
    byte[] hash = settings.sha256().hash(proof.publicKey().toArray());
    if (!Bytes.wrap(hash).equals(from.hash())) {
      return false;
    }
    for (CipherSuite suite : settings.suites()) {
      if (suite.id() == proof.suite()) {
        return suite
            .signature()
            .verify(proof.publicKey(), bytes(settings.networkId()), proof.signature());
      }
    }
    return false; // Without a suite in common there is no link either.
  }
}
