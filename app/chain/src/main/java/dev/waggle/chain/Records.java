package dev.waggle.chain;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Records of one length, numbered from 0 on, which can be changed. Owned by one thread.
 *
 * <p>What {@link #reserve} has made room for can be written even if the disk is full by then.
 */
interface Records extends AutoCloseable {
  /** So many records there is room for. */
  long reserved();

  /** Makes room for {@code count} records in all; if that fails, nothing has changed. */
  void reserve(long count) throws IOException;

  /**
   * Reads a record that was written before.
   *
   * @return the record, from 0 to the limit, read-only; valid until the next call, for it may be
   *     the place itself where the record is kept or where the next is read to
   * @throws IOException also if it is damaged, or was never written
   */
  ByteBuffer read(long number) throws IOException;

  /**
   * Reads records that lie one behind the other, in one go.
   *
   * @param count from 1 on; so many bytes must fit into an array
   * @return the records without a gap, in a new array, which is the caller's
   * @throws IOException also if one of them is damaged, or was never written
   */
  byte[] read(long first, int count) throws IOException;

  /**
   * Writes a record that room was made for: the whole buffer, wherever its position is, which is
   * copied and stays the caller's.
   */
  void write(long number, ByteBuffer record) throws IOException;

  /** Sees to it that what is written survives a loss of power. */
  void sync() throws IOException;

  /** Idempotent. */
  @Override
  void close() throws IOException;
}
