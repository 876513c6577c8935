package dev.waggle.simulator.fidelity;

import dev.waggle.chain.MessageIds;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.session.Session;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.engine.Seeds;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything is computed: real sessions, of whatever suite, and each node hashes for itself. */
public final class BytesFidelity implements Fidelity {
  private final CipherSuite suite;
  private final Identities identities;
  private final RecordBuffers buffers = new RecordBuffers();

  public BytesFidelity(Seeds seeds, CipherSuite suite, HashFunction sha256) {
    this.suite = suite;
    this.identities = new Identities(seeds, suite, sha256);
  }

  @Override
  public Identity newIdentity(int node) {
    return new Identity(identities.sessionOf(node), null);
  }

  @Override
  public Channel channel(
      Identity self, boolean responds, @Nullable PeerId pinned, ChannelOutput out, long nowNanos) {
    Session session =
        responds
            ? Session.responder(self.session(), buffers, nowNanos)
            : Session.initiator(self.session(), suite, pinned, buffers, nowNanos);
    return new BytesChannel(session, out);
  }

  @Override
  public MessageId idOf(GossipMessage message) {
    return MessageIds.of(message);
  }

  @Override
  public Examination examine(GossipApplication application, MessageId id, GossipMessage message) {
    return application.examine(id, message);
  }

  @Override
  public List<MessageId> itemsOf(GossipApplication application, GossipMessage message) {
    return Items.of(application, message);
  }

  @Override
  public Object replayOf(Object content) {
    return content; // The very bytes: the session finds out by itself.
  }

  @Override
  public String suite() {
    return suite.name();
  }
}
