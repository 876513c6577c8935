package dev.waggle.simulator.fidelity;

import dev.waggle.chain.MessageIds;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.relay.Reconstruction;
import dev.waggle.domain.session.Session;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Delivery;
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
  private final SharedBlocks shared;

  public BytesFidelity(Seeds seeds, CipherSuite suite, HashFunction sha256) {
    this.suite = suite;
    this.shared = new SharedBlocks(sha256);
    this.identities = new Identities(seeds, suite, sha256);
  }

  @Override
  public Identity newIdentity(int node, List<Integer> features) {
    return new Identity(identities.sessionOf(node, features), null);
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
    Examination found = application.examine(id, message);
    shared.add(id, message, found);
    return found;
  }

  @Override
  public MessageId idOfHeader(Bytes header) {
    return shared.idOfHeader(header);
  }

  @Override
  public MessageId idOfItem(Bytes payload) {
    return shared.idOfItem(payload);
  }

  @Override
  public @Nullable BlockFormat formatOf(GossipApplication application) {
    return application.blockFormat();
  }

  @Override
  public @Nullable Delivery complete(GossipApplication application, Reconstruction reconstruction) {
    return shared.complete(application, this, reconstruction);
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
