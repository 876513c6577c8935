package dev.waggle.simulator.fidelity;

import dev.waggle.domain.handshake.VerifiedPeer;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.PeerId;
import org.jspecify.annotations.Nullable;

/**
 * Who a node is.
 *
 * @param session what it brings to its handshakes
 * @param proven who it is in the eyes of others, where handshakes are not computed: it has proved
 *     it once, in a real one
 */
public record Identity(SessionSettings session, @Nullable VerifiedPeer proven) {
  public PeerId peerId() {
    return session.handshake().identity().peerId();
  }
}
