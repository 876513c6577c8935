package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A block store in one append-only file, {@value #FILE_NAME}, which it locks while it is open.
 *
 * <p>The file: 16 bytes of magic, the id of the network's genesis, then records: {@code length u32
 * | CRC32C of the block u32 | CRC32C of the eight bytes before u32 | block}, integers big-endian.
 * The length has a checksum of its own, so that a damaged length in the middle of the file does not
 * pass for the end of it.
 *
 * <p>What is written survives the end of the process, however sudden: at worst the record that was
 * being written is incomplete, and is cut off at the next start. The file is forced to the disk on
 * {@link #close} only: when the power fails, the newest blocks may be lost, and the peers that sent
 * them have them still. What a loss of power leaves is a last record that is zero from some byte
 * on, its header included, and perhaps zeros behind it; it is cut off too. Any other damage is
 * refused, not repaired.
 */
// RandomAccessFile and not FileChannel: an interrupt would close the channel for good.
public final class FileBlockStore implements BlockStore {
  static final String FILE_NAME = "blocks.dat";
  static final int FILE_HEADER_BYTES = 16 + MessageId.LENGTH;
  static final int RECORD_HEADER_BYTES = 12;

  private static final int BLANK_CHUNK_BYTES = 64 * 1024;

  /**
   * So much is read at a time, so that whoever else waits for the file waits for no whole block.
   */
  private static final int READ_CHUNK_BYTES = 256 * 1024;

  private static final byte[] MAGIC = "waggle blocks 2\n".getBytes(StandardCharsets.US_ASCII);
  private static final String MOVE_AWAY = "; move it away: the peers have the blocks of today";
  private static final String WHAT_TO_DO =
      "; put a copy of the file in its place, or move it away: the peers have the blocks still";

  private static final Logger log = LoggerFactory.getLogger(FileBlockStore.class);

  private final Path path;
  private final RandomAccessFile file;

  /** Where the next record goes, once the replay has found out; before that, the file's end. */
  private volatile long end;

  private boolean replayed;

  private FileBlockStore(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
  }

  /**
   * Opens the store in {@code dataDir}, making both if they do not exist.
   *
   * @param rules of the network
   * @throws OtherNetworkException if it is another network's
   * @throws BlockStoreException if another node has it open, or it is no such file
   */
  public static FileBlockStore open(Path dataDir, ChainRules rules) throws IOException {
    Files.createDirectories(dataDir);
    Path path = dataDir.resolve(FILE_NAME);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      FileBlockStore store = new FileBlockStore(path, file);
      store.lock();
      store.checkFileHeader(rules);
      NetworkName.keep(path, rules.network());
      return store;
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** The lock is the system's and ends with the process or the file, whichever ends first. */
  private void lock() throws IOException {
    boolean locked;
    try {
      locked = file.getChannel().tryLock() != null;
    } catch (OverlappingFileLockException e) {
      locked = false; // by this very process
    }
    if (!locked) {
      throw new BlockStoreException(
          path + " is in use by another node; stop that, or name another data directory");
    }
  }

  private void checkFileHeader(ChainRules rules) throws IOException {
    byte[] expected = Arrays.copyOf(MAGIC, FILE_HEADER_BYTES);
    rules.genesis().id().copyTo(expected, MAGIC.length);
    byte[] found = new byte[(int) Math.min(file.length(), FILE_HEADER_BYTES)];
    file.readFully(found);
    int mismatch = Arrays.mismatch(found, expected);
    if (mismatch == found.length) { // new, or its maker was killed before it had written all of it
      file.seek(0);
      file.write(expected);
    } else if (mismatch >= MAGIC.length && found.length == FILE_HEADER_BYTES) {
      throw otherNetwork(Arrays.copyOfRange(found, MAGIC.length, found.length), rules);
    } else if (mismatch >= 0) {
      throw new BlockStoreException(path + " is not a file of blocks of this version" + MOVE_AWAY);
    }
    end = file.length();
  }

  private OtherNetworkException otherNetwork(byte[] genesis, ChainRules rules) {
    String name = NetworkName.read(path);
    if (name != null) {
      ChainRules named = new ChainRules(name, rules.difficultyBits(), rules.scheme());
      if (Arrays.equals(named.genesis().id().toArray(), genesis)) {
        return OtherNetworkException.of(path, name, rules);
      }
    }
    return OtherNetworkException.of(path, genesis, rules);
  }

  @Override
  public void replay(long after, Visitor visitor) throws IOException {
    long length = file.length();
    end = after == START ? FILE_HEADER_BYTES : after + RECORD_HEADER_BYTES + read(after).length();
    while (end < length) {
      Bytes block = next(length);
      if (block == null) {
        log.warn("{}: incomplete record at offset {}, {} bytes cut off", path, end, length - end);
        file.setLength(end);
        break;
      }
      try {
        visitor.visit(end, block);
      } catch (MalformedMessage e) {
        throw refused(end, e.getMessage());
      }
      end = end + RECORD_HEADER_BYTES + block.length();
    }
    replayed = true;
  }

  /**
   * The block at {@link #end}, or null if it was not written to its end.
   *
   * @param length of the file
   */
  private @Nullable Bytes next(long length) throws IOException {
    if (length - end < RECORD_HEADER_BYTES) {
      return null;
    }
    ByteBuffer header = header(end);
    if (header == null) {
      if (isBlank(end + RECORD_HEADER_BYTES, length)) {
        return null;
      }
      throw refused(end, "the record's header is damaged" + WHAT_TO_DO);
    }
    long recordEnd = end + RECORD_HEADER_BYTES + header.getInt(0);
    if (recordEnd > length) {
      return null;
    }
    byte[] block = body(end, header);
    if (isIntact(header, block)) {
      return Bytes.wrap(block);
    }
    if (isBlank(recordEnd, length)) {
      return null;
    }
    throw refused(end, "the block is damaged" + WHAT_TO_DO);
  }

  /** Whether only zeros follow: space that was given to the file before the power failed. */
  private boolean isBlank(long offset, long length) throws IOException {
    file.seek(offset);
    byte[] chunk = new byte[BLANK_CHUNK_BYTES];
    for (long left = length - offset; left > 0; left -= chunk.length) {
      int size = (int) Math.min(left, chunk.length);
      file.readFully(chunk, 0, size);
      for (int i = 0; i < size; i++) {
        if (chunk[i] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /** The header of the record at {@code offset}, or null if it is damaged. */
  private @Nullable ByteBuffer header(long offset) throws IOException {
    byte[] array = new byte[RECORD_HEADER_BYTES];
    readAt(offset, array);
    ByteBuffer header = ByteBuffer.wrap(array);
    int length = header.getInt(0);
    boolean intact = header.getInt(8) == checksum(array, 0, 8);
    return intact && length > 0 && length <= Block.MAX_BYTES ? header : null;
  }

  /** Reads the block of the record at {@code offset}, which has this header. */
  private byte[] body(long offset, ByteBuffer header) throws IOException {
    byte[] block = new byte[header.getInt(0)];
    readAt(offset + RECORD_HEADER_BYTES, block);
    return block;
  }

  private void readAt(long offset, byte[] target) throws IOException {
    for (int at = 0; at < target.length; at += READ_CHUNK_BYTES) {
      synchronized (file) {
        file.seek(offset + at);
        file.readFully(target, at, Math.min(READ_CHUNK_BYTES, target.length - at));
      }
    }
  }

  private static boolean isIntact(ByteBuffer header, byte[] block) {
    return header.getInt(4) == checksum(block, 0, block.length);
  }

  private static int checksum(byte[] array, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(array, offset, length);
    return (int) crc.getValue();
  }

  private BlockStoreException refused(long offset, @Nullable String why) {
    return new BlockStoreException(path + ", offset " + offset + ": " + why);
  }

  @Override
  public long append(Bytes block) throws IOException {
    if (block.length() == 0 || block.length() > Block.MAX_BYTES) {
      throw new IllegalArgumentException("not a block: " + block.length() + " bytes");
    }
    if (!replayed) {
      throw new IllegalStateException("the end of " + path + " is not known before the replay");
    }
    byte[] array = new byte[RECORD_HEADER_BYTES + block.length()];
    block.copyTo(array, RECORD_HEADER_BYTES);
    ByteBuffer header = ByteBuffer.wrap(array);
    header.putInt(block.length()).putInt(checksum(array, RECORD_HEADER_BYTES, block.length()));
    header.putInt(checksum(array, 0, 8));
    long position = end;
    synchronized (file) {
      try {
        file.seek(position);
        file.write(array);
      } catch (IOException e) {
        cutBackTo(position, e);
        throw e;
      }
    }
    end = position + array.length;
    return position;
  }

  /** Removes what a failed write left; if that fails too, the next start cuts it off. */
  private void cutBackTo(long length, IOException cause) {
    try {
      file.setLength(length);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public Bytes read(long position) throws IOException {
    long known = end;
    if (position < FILE_HEADER_BYTES || position > known - RECORD_HEADER_BYTES) {
      throw refused(position, "there is no block");
    }
    ByteBuffer header = header(position);
    if (header == null || position + RECORD_HEADER_BYTES + header.getInt(0) > known) {
      throw refused(position, "the record's header is damaged");
    }
    byte[] block = body(position, header);
    if (!isIntact(header, block)) {
      throw refused(position, "the block is damaged");
    }
    return Bytes.wrap(block);
  }

  @Override
  public void close() throws IOException {
    if (file.getChannel().isOpen()) {
      try (file) {
        file.getFD().sync();
      }
    }
  }
}
