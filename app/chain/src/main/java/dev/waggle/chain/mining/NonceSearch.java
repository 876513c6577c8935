package dev.waggle.chain.mining;

import dev.waggle.chain.Block;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.MessageIds;
import dev.waggle.chain.SignedTemplate;
import dev.waggle.ports.wire.MessageId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Looks for the nonce that makes a signed template a block. */
@FunctionalInterface
interface NonceSearch {
  /** Hashes between two looks at whether the search is still wanted: less than a millisecond. */
  int HASHES_PER_LOOK = 256;

  /**
   * Searches on the calling thread.
   *
   * @param stale whether to give up
   * @return a block that proves the work, or null if the search was given up
   */
  @Nullable Block search(SignedTemplate template, BooleanSupplier stale);

  /*
   * The nonce comes last in a header, so everything before it goes into the digest once, and each
   * try copies the digest's state: a try costs one hash of a few bytes.
   */
  static NonceSearch under(ChainRules rules) {
    return (template, stale) -> {
      MessageDigest prefix = MessageIds.startHeader();
      prefix.update(template.headerBeforeNonce());
      ByteBuffer tail = ByteBuffer.allocate(Block.NONCE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (long nonce = 0; ; nonce++) {
        if (nonce % HASHES_PER_LOOK == 0 && stale.getAsBoolean()) {
          return null;
        }
        byte[] hash = copyOf(prefix).digest(tail.putLong(0, nonce).array());
        if (rules.isProvenBy(MessageId.read(hash, 0))) {
          return template.with(nonce);
        }
      }
    };
  }

  private static MessageDigest copyOf(MessageDigest digest) {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the JDK's SHA-256 can be cloned", e);
    }
  }
}
