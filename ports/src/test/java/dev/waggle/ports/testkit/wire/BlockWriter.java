package dev.waggle.ports.testkit.wire;

import java.util.List;

/**
 * Encodes messages that carry parts of blocks by hand, those too that break the rules: which no
 * codec can be asked for, since there are no such messages. All content is zero bytes.
 */
public interface BlockWriter {
  /** An item with so many bytes. */
  record Item(int index, int bytes) {}

  record Range(int first, int count) {}

  byte[] compact(int headerBytes, int proofBytes, int shortIds, List<Item> prefilled);

  byte[] outline(int headerBytes, int proofBytes, int ids);

  byte[] items(List<Item> items);

  byte[] requestItems(List<Range> ranges);

  byte[] sendCompact(int rank);

  /** A Preamble of so many bytes, an unsigned number. */
  byte[] preamble(int bytes);

  byte[] requestCompact(int ids);

  byte[] iDontWant(int ids);

  byte[] getHeaders(int locator, int count);

  /** Headers, each of so many bytes, after which {@code further} follow, an unsigned number. */
  byte[] headers(int further, List<Integer> bytes);
}
