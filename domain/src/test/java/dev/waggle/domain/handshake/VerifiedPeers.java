package dev.waggle.domain.handshake;

import dev.waggle.ports.PeerIdentity;

/** Lets tests above the handshake have peers without performing one. */
public final class VerifiedPeers {
  private VerifiedPeers() {}

  public static VerifiedPeer of(PeerIdentity identity) {
    return new VerifiedPeer(identity.peerId(), identity.keyPair().publicKey());
  }
}
