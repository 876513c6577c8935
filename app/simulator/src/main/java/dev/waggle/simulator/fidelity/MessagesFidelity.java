package dev.waggle.simulator.fidelity;

import dev.waggle.chain.MessageIds;
import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.relay.Reconstruction;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.simulator.engine.Seeds;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Messages are handed over as they are; handshakes, records, hashes and signatures are counted and
 * charged, but not computed. A message is hashed and examined once, however many nodes it comes to.
 *
 * <p>Nodes have identities of the toy suite, whichever suite is charged. Each proves its own once,
 * in a real handshake with a registrar.
 */
public final class MessagesFidelity implements Fidelity {
  /** The registrar's number: no node has it. */
  private static final int REGISTRAR = -1;

  /** Messages of which is remembered what was found out; twice as many at most. */
  private static final int MAX_REMEMBERED = 1 << 16;

  /** What is known of a message, whoever has it. */
  private static final class Known {
    private final MessageId id;
    private @Nullable Examination examination;
    private @Nullable List<MessageId> items;
    private @Nullable BlockParts parts;
    private boolean isTakenApart;

    Known(MessageId id) {
      this.id = id;
    }
  }

  private final CipherSuite suite;
  private final Identities identities;
  private final SessionSettings registrar;
  private final MessagesProtocol protocol;
  private final SharedBlocks shared;
  private final Headers headers = new Headers();
  private IdentityHashMap<Bytes, Known> young = new IdentityHashMap<>();
  private IdentityHashMap<Bytes, Known> old = new IdentityHashMap<>();

  /**
   * Handshakes as {@code suite}'s; one is computed here, to see what they take.
   *
   * @param sha256 for PeerIds, and for blocks that are put together
   */
  public MessagesFidelity(Seeds seeds, CipherSuite suite, HashFunction sha256) {
    this.suite = suite;
    this.identities = new Identities(seeds, ToySuite.create(), sha256);
    this.shared = new SharedBlocks(sha256);
    this.registrar = identities.sessionOf(REGISTRAR, List.of());
    Identities charged = new Identities(seeds, suite, sha256);
    this.protocol =
        new MessagesProtocol(
            charged.sessionOf(0, List.of()),
            (initiator, responder) ->
                HandshakeScript.record(
                    charged.sessionOf(0, initiator), charged.sessionOf(1, responder)),
            this::idOf);
  }

  @Override
  public Identity newIdentity(int node, List<Integer> features) {
    SessionSettings session = identities.sessionOf(node, features);
    return new Identity(session, HandshakeScript.record(session, registrar).initiatorProven());
  }

  @Override
  public Channel channel(
      Identity self, boolean responds, @Nullable PeerId pinned, ChannelOutput out, long nowNanos) {
    return protocol.channel(
        responds,
        Objects.requireNonNull(self.proven()),
        self.session().handshake().features(),
        pinned,
        out,
        nowNanos);
  }

  @Override
  public MessageId idOf(GossipMessage message) {
    return known(message).id;
  }

  @Override
  public Examination examine(GossipApplication application, MessageId id, GossipMessage message) {
    Known known = known(message);
    Examination found = known.examination;
    if (found == null) {
      found = application.examine(id, message);
      known.examination = found;
      shared.add(id, message, found);
    }
    return found;
  }

  @Override
  public MessageId idOfHeader(Bytes header) {
    return shared.idOfHeader(header);
  }

  @Override
  public MessageId idOfItem(Bytes payload) {
    return idOf(new GossipMessage.Transaction(payload));
  }

  @Override
  public @Nullable BlockFormat formatOf(GossipApplication application) {
    BlockFormat format = application.blockFormat();
    return format == null ? null : new SharingFormat(format);
  }

  @Override
  public @Nullable Delivery complete(GossipApplication application, Reconstruction reconstruction) {
    return shared.complete(application, this, reconstruction);
  }

  /** Finds out once for all nodes what does not depend on the node. */
  private final class SharingFormat extends ForwardingFormat {
    SharingFormat(BlockFormat format) {
      super(format);
    }

    @Override
    public @Nullable BlockParts split(Bytes payload) {
      Known known = known(new GossipMessage.Block(payload));
      if (!known.isTakenApart) {
        known.isTakenApart = true;
        known.parts = super.split(payload);
      }
      return known.parts;
    }

    @Override
    public Examination examineHeader(MessageId id, Bytes header, Bytes proof, int items) {
      return headers.examined(
          id, proof, items, () -> super.examineHeader(id, header, proof, items));
    }

    @Override
    public boolean commitsTo(Bytes header, List<MessageId> items) {
      return headers.commits(header, items, () -> super.commitsTo(header, items));
    }
  }

  @Override
  public List<MessageId> itemsOf(GossipApplication application, GossipMessage message) {
    Known known = known(message);
    List<MessageId> found = known.items;
    if (found == null) {
      found = Items.of(application, message);
      known.items = found;
    }
    return found;
  }

  /** The same bytes are the same message: they are handed over, and never copied. */
  private Known known(GossipMessage message) {
    Bytes payload = message.payload();
    Known found = young.get(payload);
    if (found == null) {
      found = old.get(payload);
      if (found == null) {
        found = new Known(MessageIds.of(message));
      }
      remember(payload, found);
    }
    return found;
  }

  private void remember(Bytes payload, Known known) {
    if (young.size() == MAX_REMEMBERED) {
      old = young;
      young = new IdentityHashMap<>();
    }
    young.put(payload, known);
  }

  @Override
  public Object replayOf(Object content) {
    return MessagesChannel.FORGED;
  }

  @Override
  public String suite() {
    return suite.name();
  }
}
