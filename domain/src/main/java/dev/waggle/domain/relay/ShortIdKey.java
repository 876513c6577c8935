package dev.waggle.domain.relay;

import dev.waggle.domain.keyed.SipHash;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import java.util.List;

/**
 * Makes short ids of items for one compact block (PROTOCOL §8.4). Who does not know the nonce
 * beforehand cannot make items that look alike; so a miner cannot have blocks of others fail.
 */
final class ShortIdKey {
  private final SipHash hash;

  /**
   * The key for a block.
   *
   * @param block its id, which is a hash of its header
   * @param nonce of who sends the compact block
   */
  ShortIdKey(MessageId block, long nonce) {
    hash = new SipHash(block.first() ^ nonce, block.second());
  }

  long shorten(MessageId item) {
    return ShortIds.MASK
        & hash.hash(
            Long.reverseBytes(item.first()),
            Long.reverseBytes(item.second()),
            Long.reverseBytes(item.third()),
            Long.reverseBytes(item.fourth()));
  }

  ShortIds shorten(List<MessageId> items) {
    long[] ids = new long[items.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = shorten(items.get(i));
    }
    return ShortIds.wrap(ids);
  }
}
