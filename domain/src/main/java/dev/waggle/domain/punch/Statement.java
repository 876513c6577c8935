package dev.waggle.domain.punch;

import dev.waggle.domain.codec.BincodeWriter;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
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
    SigningKeyPair own = settings.identity().keyPair();
    Bytes signature = scheme(settings).sign(own, bytes(settings.networkId()), settings.random());
    return PunchMessage.encode(tag, terms, new PunchMessage.Proof(own.publicKey(), signature));
  }

  /** Whether {@link #from} has said so. */
  boolean isProvedBy(PunchMessage.Proof proof, HandshakeSettings settings) {
    byte[] hash = settings.sha256().hash(proof.publicKey().toArray());
    return Bytes.wrap(hash).equals(from.hash())
        && scheme(settings)
            .verify(proof.publicKey(), bytes(settings.networkId()), proof.signature());
  }

  /** The one that all suites of a node have: with who has another one there can be no link. */
  private static SignatureScheme scheme(HandshakeSettings settings) {
    return settings.suites().getFirst().signature();
  }
}
