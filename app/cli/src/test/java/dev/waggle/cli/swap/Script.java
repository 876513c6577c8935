package dev.waggle.cli.swap;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What the two nodes of a pair publish: messages of every size, no two of them equal, the same in
 * every run.
 *
 * <p>Gossip delivers a message once, whoever publishes it, so each direction has payloads of its
 * own. The empty payload exists once for each kind: the dialler publishes one of them, the listener
 * another.
 */
record Script(List<GossipMessage> fromDialler, List<GossipMessage> fromListener) {
  private static final int KIB = 1024;
  private static final int MIB = 1024 * KIB;
  private static final int MAX_SMALL_BYTES = 512;

  /**
   * Where something changes on the way: lengths that take a byte more as a varint, the last length
   * that is pushed whatever the number of peers, and what fits into one record.
   */
  private static final int[] EDGES = {
    1, 2, 127, 128, 4 * KIB, 4 * KIB + 1, 16 * KIB - 1, 16 * KIB, 64 * KIB - 1, 64 * KIB + 1
  };

  /** What {@code verify} has time for: 31 MiB each way. */
  static Script usual() {
    return new Script(
        messages(1, GossipMessage.Kind.TRANSACTION, 10_000, 64, 8, 2),
        messages(2, GossipMessage.Kind.BLOCK, 10_000, 64, 8, 2));
  }

  /** Enough for several gigabytes over all pairs: 151 MiB each way. */
  static Script heavy() {
    return new Script(
        messages(3, GossipMessage.Kind.TRANSACTION, 30_000, 512, 48, 8),
        messages(4, GossipMessage.Kind.BLOCK, 30_000, 512, 48, 8));
  }

  private static List<GossipMessage> messages(
      long seed, GossipMessage.Kind empty, int count, int of64KiB, int of1MiB, int largest) {
    Random random = new Random(seed);
    List<Integer> lengths = new ArrayList<>();
    lengths.addAll(Collections.nCopies(largest, GossipMessage.MAX_PAYLOAD_BYTES));
    lengths.addAll(Collections.nCopies(of1MiB, MIB));
    lengths.addAll(Collections.nCopies(of64KiB, 64 * KIB));
    Arrays.stream(EDGES).forEach(lengths::add);
    while (lengths.size() < count - 1) {
      // From 9 bytes on, random payloads of two seeds differ.
      lengths.add(9 + random.nextInt(MAX_SMALL_BYTES));
    }
    List<GossipMessage> messages = new ArrayList<>();
    messages.add(empty.of(Bytes.EMPTY));
    for (int length : lengths) {
      byte[] payload = new byte[length];
      random.nextBytes(payload);
      messages.add(kind(random, length).of(Bytes.wrap(payload)));
    }
    Collections.shuffle(messages, random);
    return Collections.unmodifiableList(messages);
  }

  /** Large transactions are announced, and asked for, so that their order is another. */
  private static GossipMessage.Kind kind(Random random, int length) {
    GossipMessage.Kind[] kinds = GossipMessage.Kind.values();
    GossipMessage.Kind kind = kinds[random.nextInt(kinds.length)];
    boolean isPushed = length <= 4 * KIB || kind != GossipMessage.Kind.TRANSACTION;
    return isPushed ? kind : GossipMessage.Kind.EVIDENCE;
  }

  /** Checks what the class promises, since one message that is published twice is carried once. */
  Script {
    Set<GossipMessage> all = new HashSet<>(fromDialler);
    all.addAll(fromListener);
    if (all.size() != fromDialler.size() + fromListener.size()) {
      throw new IllegalArgumentException("two messages are equal");
    }
  }
}
