package dev.waggle.domain.gossip;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.naming.MessageIds;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A chain for tests: a block is a header of a parent, a height, a salt, whether it shows work, and
 * a hash of the proof; and the proof, which may be of any length. Follows the longest branch.
 */
final class ToyChain implements GossipApplication, HeaderChain {
  private static final HashFunction HASH = ToySuite.create().hash();
  private static final int HEADER_BYTES = 32 + 8 + 8 + 1 + 32;

  static final MessageId GENESIS = new MessageId(1, 2, 3, 4);

  /** A header that was taken apart. */
  record Header(MessageId parent, long height, boolean works) {}

  /** Blocks of whatever branch, by id. */
  final Map<MessageId, Bytes> payloads = new LinkedHashMap<>();

  /** The order in which they were accepted. */
  final List<MessageId> accepted = new ArrayList<>();

  /** What is rejected, although its header is in order. */
  final Set<MessageId> invalid = new LinkedHashSet<>();

  /** The verdict on headers that are in order. */
  Verdict headersInOrder = new Verdict.Accept();

  /** Whether blocks cannot be kept. */
  boolean diskIsFull;

  private final Map<MessageId, Header> headers = new LinkedHashMap<>();
  private final List<MessageId> main = new ArrayList<>(List.of(GENESIS));
  private final Format format = new Format();

  private record Sound(Header first, Header last) implements Examination {
    @Override
    public long heldBytes() {
      return 0;
    }
  }

  private static final class Flawed implements Examination {
    @Override
    public long heldBytes() {
      return 0;
    }
  }

  static MessageIds ids() {
    return new MessageIds(HASH, new ToyChain().format);
  }

  /** A block on top of another. */
  static GossipMessage.Block block(
      MessageId parent, long height, int salt, boolean works, int bytes) {
    byte[] proof = new byte[bytes];
    ByteBuffer header =
        ByteBuffer.allocate(HEADER_BYTES)
            .put(parent.toArray())
            .putLong(height)
            .putLong(salt)
            .put((byte) (works ? 1 : 0))
            .put(HASH.hash(proof));
    return new GossipMessage.Block(
        Bytes.wrap(
            ByteBuffer.allocate(HEADER_BYTES + bytes).put(header.flip()).put(proof).array()));
  }

  static @Nullable Header decode(Bytes header) {
    if (header.length() != HEADER_BYTES) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(header.toArray());
    MessageId parent = new MessageId(in.getLong(), in.getLong(), in.getLong(), in.getLong());
    long height = in.getLong();
    return new Header(parent, height, in.position(in.position() + 8).get() == 1);
  }

  static Bytes headerOf(GossipMessage block) {
    return Bytes.wrap(Arrays.copyOf(block.payload().toArray(), HEADER_BYTES));
  }

  /** Blocks as if they were accepted before. */
  void extend(int blocks, int salt, int bytes) {
    MessageIds ids = ids();
    for (int i = 0; i < blocks; i++) {
      GossipMessage.Block block = block(tip(), height() + 1, salt, true, bytes);
      add(ids.of(block), block.payload());
    }
  }

  MessageId tip() {
    return main.getLast();
  }

  long height() {
    return main.size() - 1L;
  }

  /** The block at a height of the main chain. */
  MessageId at(int height) {
    return main.get(height);
  }

  private void add(MessageId id, Bytes payload) {
    Header header = header(payload);
    payloads.put(id, payload);
    headers.put(id, header);
    accepted.add(id);
    if (header.height() > height()) {
      List<MessageId> branch = new ArrayList<>();
      MessageId at = id;
      while (headers.containsKey(at)
          && (headers.get(at).height() > height() || !at.equals(main.get(heightOf(at))))) {
        branch.add(at);
        at = headers.get(at).parent();
      }
      while (!main.getLast().equals(at)) {
        main.removeLast();
      }
      main.addAll(branch.reversed());
    }
  }

  private int heightOf(MessageId id) {
    return (int) headers.get(id).height();
  }

  private static Header header(Bytes payload) {
    Header header = decode(Bytes.wrap(Arrays.copyOf(payload.toArray(), HEADER_BYTES)));
    if (header == null) {
      throw new IllegalArgumentException("no header");
    }
    return header;
  }

  // ---- the application

  @Override
  public boolean isKnown(MessageId id) {
    return id.equals(GENESIS) || headers.containsKey(id);
  }

  @Override
  public Verdict validate(Delivery candidate) {
    if (isKnown(candidate.id())) {
      return new Verdict.Ignore("known");
    }
    Header header = header(candidate.message().payload());
    if (!header.works() || invalid.contains(candidate.id())) {
      return new Verdict.Reject("invalid");
    }
    return isKnown(header.parent()) ? new Verdict.Accept() : new Verdict.Await(header.parent());
  }

  @Override
  public void deliver(Delivery delivery) throws DeliveryFailed {
    if (diskIsFull) {
      throw new DeliveryFailed("the disk is full", new java.io.IOException());
    }
    add(delivery.id(), delivery.message().payload());
  }

  @Override
  public List<MessageId> inventory() {
    return height() == 0 ? List.of() : List.of(tip());
  }

  @Override
  public @Nullable GossipMessage find(MessageId id) {
    Bytes payload = payloads.get(id);
    return payload == null ? null : new GossipMessage.Block(payload);
  }

  @Override
  public BlockFormat blockFormat() {
    return format;
  }

  @Override
  public HeaderChain headerChain() {
    return this;
  }

  // ---- the chain

  @Override
  public List<MessageId> locator() {
    List<MessageId> locator = new ArrayList<>();
    int step = 1;
    for (int height = (int) height(); height > 0; height -= step) {
      locator.add(main.get(height));
      step *= 2;
    }
    locator.add(GENESIS);
    return locator;
  }

  @Override
  public boolean isOnChain(MessageId id) {
    return id.equals(GENESIS) || (headers.containsKey(id) && isMain(id));
  }

  private boolean isMain(MessageId id) {
    return heightOf(id) <= height() && main.get(heightOf(id)).equals(id);
  }

  @Override
  public @Nullable Stretch after(MessageId block, int max) {
    if (!isOnChain(block)) {
      return null;
    }
    int first = block.equals(GENESIS) ? 1 : heightOf(block) + 1;
    int end = Math.min(main.size(), first + max);
    List<Bytes> stretch = new ArrayList<>();
    for (int height = first; height < end; height++) {
      stretch.add(headerOf(new GossipMessage.Block(payloads.get(main.get(height)))));
    }
    return new Stretch(stretch, main.get(end - 1), main.size() - (long) end);
  }

  @Override
  public Examination examineHeaders(MessageId after, List<MessageId> ids, List<Bytes> found) {
    MessageId before = after;
    Header first = null;
    Header last = null;
    for (int i = 0; i < found.size(); i++) {
      Header header = decode(found.get(i));
      if (header == null
          || !header.works()
          || !header.parent().equals(before)
          || (last != null && header.height() != last.height() + 1)) {
        return new Flawed();
      }
      first = first == null ? header : first;
      last = header;
      before = ids.get(i);
    }
    return first == null || last == null ? new Flawed() : new Sound(first, last);
  }

  @Override
  public Verdict validateHeaders(MessageId after, @Nullable Examination before, Examination found) {
    if (!(found instanceof Sound sound)) {
      return new Verdict.Reject("no headers");
    }
    long height =
        before instanceof Sound previous
            ? previous.last().height()
            : after.equals(GENESIS) ? 0 : headers.get(after).height();
    return sound.first().height() == height + 1 ? headersInOrder : new Verdict.Reject("no height");
  }

  /** Takes blocks apart: the proof is all that is behind the header. */
  private static final class Format implements BlockFormat {
    @Override
    public @Nullable BlockParts split(Bytes payload) {
      if (payload.length() < HEADER_BYTES) {
        return null;
      }
      byte[] all = payload.toArray();
      Bytes header = Bytes.wrap(Arrays.copyOf(all, HEADER_BYTES));
      byte[] proof = Arrays.copyOfRange(all, HEADER_BYTES, all.length);
      byte[] hash = Arrays.copyOfRange(all, HEADER_BYTES - 32, HEADER_BYTES);
      return Arrays.equals(HASH.hash(proof), hash)
          ? new BlockParts(header, Bytes.wrap(proof), List.of())
          : null;
    }

    @Override
    public Bytes join(Bytes header, Bytes proof, List<Bytes> items) {
      ByteBuffer out = ByteBuffer.allocate(header.length() + proof.length());
      return Bytes.wrap(out.put(header.toArray()).put(proof.toArray()).array());
    }

    @Override
    public Examination examineHeader(MessageId id, Bytes header, Bytes proof, int items) {
      return Examination.NONE;
    }

    @Override
    public Verdict validateHeader(MessageId id, Examination examination) {
      return new Verdict.Await(GENESIS); // Never asked: these nodes have no compact blocks.
    }

    @Override
    public boolean commitsTo(Bytes header, List<MessageId> items) {
      return items.isEmpty();
    }

    @Override
    public List<MessageId> candidates() {
      return List.of();
    }

    @Override
    public @Nullable Bytes candidate(MessageId id) {
      return null;
    }
  }
}
