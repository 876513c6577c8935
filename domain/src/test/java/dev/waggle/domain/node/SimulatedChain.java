package dev.waggle.domain.node;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The least that can be called a chain: blocks that name their parent, of which the highest is the
 * tip; and transactions, which are valid unless their first byte says otherwise.
 */
final class SimulatedChain implements GossipApplication {
  static final MessageId GENESIS = new MessageId(0, 0, 0, 0);
  private static final byte INVALID = (byte) 0xFF;
  private static final HashFunction SHA256 = ToySuite.create().hash();
  private static final int HEADER_BYTES = Integer.BYTES + MessageId.LENGTH + Long.BYTES;

  private final Map<MessageId, GossipMessage> accepted = new LinkedHashMap<>();
  private final Map<MessageId, Integer> heights = new LinkedHashMap<>();
  private MessageId tip = GENESIS;
  private int height;

  static MessageId id(GossipMessage message) {
    byte[] hashed = new byte[1 + message.payload().length()];
    hashed[0] = (byte) message.kind().tag();
    message.payload().copyTo(hashed, 1);
    return MessageId.read(SHA256.hash(hashed), 0);
  }

  /** A block on top of the tip. */
  GossipMessage mine(long nonce, int payloadBytes) {
    ByteBuffer block = ByteBuffer.allocate(Math.max(payloadBytes, HEADER_BYTES));
    block.putInt(height + 1).put(tip.toArray()).putLong(nonce);
    return new GossipMessage.Block(Bytes.wrap(block.array()));
  }

  static GossipMessage transaction(long nonce, int payloadBytes) {
    ByteBuffer transaction = ByteBuffer.allocate(Math.max(payloadBytes, 1 + Long.BYTES));
    return new GossipMessage.Transaction(
        Bytes.wrap(transaction.put((byte) 0).putLong(nonce).array()));
  }

  static GossipMessage invalidTransaction(long nonce) {
    ByteBuffer transaction = ByteBuffer.allocate(1 + Long.BYTES);
    return new GossipMessage.Transaction(
        Bytes.wrap(transaction.put(INVALID).putLong(nonce).array()));
  }

  @Override
  public Verdict validate(Delivery candidate) {
    if (accepted.containsKey(candidate.id())) {
      return new Verdict.Ignore("known");
    }
    ByteBuffer payload = ByteBuffer.wrap(candidate.message().payload().borrowArray());
    return switch (candidate.message()) {
      case GossipMessage.Block _ -> {
        int claimed = payload.getInt();
        MessageId parent = MessageId.read(payload.array(), Integer.BYTES);
        Integer below = parent.equals(GENESIS) ? Integer.valueOf(0) : heights.get(parent);
        if (below == null) {
          yield new Verdict.Await(parent);
        }
        yield claimed == below + 1 ? new Verdict.Accept() : new Verdict.Reject("wrong height");
      }
      case GossipMessage.Transaction _, GossipMessage.Evidence _ ->
          payload.get(0) == INVALID ? new Verdict.Reject("invalid") : new Verdict.Accept();
    };
  }

  @Override
  public void deliver(Delivery delivery) {
    if (accepted.put(delivery.id(), delivery.message()) != null) {
      throw new IllegalStateException("delivered twice: " + delivery.id());
    }
    if (delivery.message() instanceof GossipMessage.Block(Bytes payload)) {
      int claimed = ByteBuffer.wrap(payload.borrowArray()).getInt();
      heights.put(delivery.id(), claimed);
      if (claimed > height) {
        height = claimed;
        tip = delivery.id();
      }
    }
  }

  @Override
  public List<MessageId> inventory() {
    return tip.equals(GENESIS) ? List.of() : List.of(tip);
  }

  @Override
  public @Nullable GossipMessage find(MessageId id) {
    GossipMessage message = accepted.get(id);
    return message instanceof GossipMessage.Block ? message : null;
  }

  boolean has(MessageId id) {
    return accepted.containsKey(id);
  }

  MessageId tip() {
    return tip;
  }

  int height() {
    return height;
  }
}
