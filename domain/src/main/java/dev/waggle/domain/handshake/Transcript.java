package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.HashFunction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The running hash of everything that was said so far (PROTOCOL §4.2).
 *
 * <p>{@code T0 = H("waggle/1 transcript")} and {@code Tn = H(Tn-1 || u64 length || element)}: each
 * hash commits to all elements, their order and where each one ends.
 *
 * @param function the hash of the suite
 * @param hash Tn
 */
record Transcript(HashFunction function, Bytes hash) {

  static Transcript empty(HashFunction function) {
    return new Transcript(function, Bytes.wrap(function.hash(Labels.ascii(Labels.TRANSCRIPT))));
  }

  Transcript with(Bytes element) {
    HashFunction.Digest digest = function.digest();
    digest.update(hash.borrowArray(), 0, hash.length());
    byte[] length =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(element.length())
            .array();
    digest.update(length, 0, length.length);
    digest.update(element.borrowArray(), 0, element.length());
    return new Transcript(function, Bytes.wrap(digest.finish()));
  }
}
