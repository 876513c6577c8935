package dev.waggle.simulator.fidelity;

import dev.waggle.domain.handshake.VerifiedPeer;
import dev.waggle.domain.session.SessionFailure;
import dev.waggle.domain.stream.AssemblyMemory;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a {@link Channel} wants done. All calls come from inside a call of the channel. */
public interface ChannelOutput extends AssemblyMemory {
  /** Sends so many bytes, which stand for {@code content}. */
  void write(int bytes, Object content);

  /** Whether the connection takes more. */
  boolean takesMore();

  /**
   * Charges the arithmetic of a step of the handshake, and runs {@code done} when it is over.
   *
   * @param step 0 for the first that this side has to do
   */
  void compute(int step, Runnable done);

  /** Stop reading, or go on. */
  void reading(boolean wanted);

  /** The handshake is done. */
  void established(Agreement agreement);

  /**
   * A message has arrived.
   *
   * @param id of the gossip message that it carries, if that is known already
   */
  void deliver(WireMessage message, @Nullable MessageId id);

  /** It is over: the connection is to be closed. */
  void failed(SessionFailure failure);

  /**
   * What both sides have agreed on.
   *
   * @param peer who is on the other side, proved
   * @param features ids of those in force (PROTOCOL §7.4)
   */
  record Agreement(VerifiedPeer peer, String suite, String codec, List<Integer> features) {}
}
