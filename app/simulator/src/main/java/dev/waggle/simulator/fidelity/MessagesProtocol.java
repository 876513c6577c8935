package dev.waggle.simulator.fidelity;

import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.handshake.VerifiedPeer;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * What all {@link MessagesChannel}s of a run have in common.
 *
 * @param settings whose timeouts and codec count
 * @param script how handshakes go
 * @param buffers that open records lie in; one thread's
 */
public record MessagesProtocol(
    SessionSettings settings, HandshakeScript script, RecordBuffers buffers) {

  CipherSuite suite() {
    return settings.handshake().suites().getFirst();
  }

  WireCodec codec() {
    return settings.codecs().getFirst();
  }

  /**
   * One side of a connection.
   *
   * @param self who this side is, as others have verified it
   * @param pinned who must answer, or null if anyone may
   */
  public Channel channel(
      boolean responds,
      VerifiedPeer self,
      @Nullable PeerId pinned,
      ChannelOutput out,
      long nowNanos) {
    return new MessagesChannel(this, responds, self, pinned, out, nowNanos);
  }
}
