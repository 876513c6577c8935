package dev.waggle.chain;

import dev.waggle.ports.wire.MessageId;
import java.util.LinkedHashSet;

/**
 * The ids of transactions and blocks whose signatures were found to hold, so that each is checked
 * once: a transaction when it comes, and not again in a block; a block's proof with its header, and
 * not again when the block is whole. An id covers the signature, so it says all.
 *
 * <p>Nothing else is remembered, so what is here cannot be spoiled; who fills it up has signed as
 * much, and makes others be checked twice. Safe from any thread.
 */
final class VerifiedSignatures {
  /** Forty full blocks; some 7 MiB. Beyond it the oldest are forgotten. */
  static final int MAX_IDS = 65_536;

  private final int maxIds;
  private final LinkedHashSet<MessageId> ids = new LinkedHashSet<>();

  VerifiedSignatures() {
    this(MAX_IDS);
  }

  VerifiedSignatures(int maxIds) {
    this.maxIds = maxIds;
  }

  synchronized boolean contains(MessageId id) {
    return ids.contains(id);
  }

  synchronized void add(MessageId id) {
    if (ids.add(id) && ids.size() > maxIds) {
      ids.removeFirst();
    }
  }
}
