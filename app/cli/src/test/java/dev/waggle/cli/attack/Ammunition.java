package dev.waggle.cli.attack;

import dev.waggle.chain.Author;
import dev.waggle.chain.Transaction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The messages that attackers send. Owned by one thread. */
final class Ammunition {
  private static final int SMALL_BYTES = 64;

  private final SplittableRandom random = new SplittableRandom(9);
  private final byte[] noise = noise(GossipMessage.MAX_PAYLOAD_BYTES);
  private final Author author = Author.drawn(Signing.rules(), random::nextBytes);
  private final List<MessageId> oldBlocks;
  private final List<GossipMessage> orphans;
  private int nextOrphan;

  /**
   * Takes what must be mined.
   *
   * @param oldBlocks large ones that the node keeps, but not in memory
   * @param orphans large blocks whose parents nobody has
   */
  Ammunition(List<MessageId> oldBlocks, List<GossipMessage> orphans) {
    this.oldBlocks = oldBlocks;
    this.orphans = orphans;
  }

  /** The shortest way to ask for a gigabyte. */
  WireMessage oneOldBlockManyTimes() {
    MessageId id = oldBlocks.get(random.nextInt(oldBlocks.size()));
    return new WireMessage.Request(Collections.nCopies(WireMessage.MAX_IDS, id));
  }

  WireMessage allOldBlocks() {
    return new WireMessage.Request(oldBlocks);
  }

  WireMessage unknownIds() {
    return new WireMessage.Request(inventions());
  }

  WireMessage inventedAnnouncement() {
    return new WireMessage.Announce(inventions());
  }

  private List<MessageId> inventions() {
    return IntStream.range(0, WireMessage.MAX_IDS).mapToObj(_ -> invention()).toList();
  }

  private MessageId invention() {
    return new MessageId(
        random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  WireMessage orphan() {
    nextOrphan = (nextOrphan + 1) % orphans.size();
    return new WireMessage.Gossip(orphans.get(nextOrphan));
  }

  /** The chain ignores evidence, and nobody is to blame for what is ignored. */
  WireMessage smallIgnored() {
    return new WireMessage.Gossip(new GossipMessage.Evidence(junk(SMALL_BYTES)));
  }

  WireMessage largeIgnored() {
    return new WireMessage.Gossip(new GossipMessage.Evidence(junk(noise.length)));
  }

  /** Four of them, and the sender is banned. */
  WireMessage largeInvalid() {
    return new WireMessage.Gossip(new GossipMessage.Transaction(junk(noise.length)));
  }

  WireMessage smallInvalid() {
    return new WireMessage.Gossip(new GossipMessage.Transaction(junk(SMALL_BYTES)));
  }

  WireMessage validTransaction() {
    Bytes memo = Bytes.copyOf(noise, 0, Transaction.MAX_MEMO_BYTES);
    return new WireMessage.Gossip(author.write(memo).toMessage());
  }

  WireMessage ping() {
    return new WireMessage.Ping(random.nextLong());
  }

  /** An Addr as large as may be, or what asks for one. */
  WireMessage addresses() {
    return random.nextBoolean()
        ? new WireMessage.GetAddr()
        : new WireMessage.Addr(
            IntStream.range(0, WireMessage.MAX_ADDRESSES).mapToObj(_ -> address()).toList());
  }

  private AddressRecord address() {
    IpAddress address = new IpAddress(random.nextLong(), random.nextLong());
    return new AddressRecord(new IpEndpoint(address, 9000), 0, random.nextLong());
  }

  /** The same noise each time, but for its beginning. */
  private Bytes junk(int length) {
    byte[] junk = new byte[length];
    System.arraycopy(noise, 0, junk, 0, length);
    invention().copyTo(junk, 0);
    return Bytes.wrap(junk);
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
