package dev.waggle.chain;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be known of blocks to judge further ones, kept on disk, so that a chain of any length
 * takes the same heap: the folder {@value #DIRECTORY} beside the block store. Changed by one
 * thread, that of whoever has locked the store; one method at a time is read by others ({@link
 * ChainArchive}), for none of them takes longer than some records do.
 *
 * <p>It follows from the stored blocks, so it can be thrown away. Therefore it is changed in place,
 * and forced to the disk only by {@link #close}, which marks it as whole: one that is not whole, or
 * does not fit the blocks, is built anew. One that cannot be changed or read is out of use until
 * then; but a full disk shows in {@link #reserve}, before anything has changed.
 */
final class ChainIndex implements AutoCloseable {
  static final String DIRECTORY = "index";

  private static final Logger log = LoggerFactory.getLogger(ChainIndex.class);

  private static final long MAGIC = 0x776167676c652d33L; // "waggle-3"
  private static final int STATE_BYTES =
      Long.BYTES + MessageId.LENGTH + 3 * Long.BYTES + IdTable.State.BYTES;
  private static final long IN_USE = 0;
  private static final long WHOLE = 1;

  /** The height that stands beside a block's own id in the table; others are of transactions. */
  private static final long ITSELF = -1;

  private final MessageId genesis;
  private final Parts parts;
  private IdTable ids;
  private long count;
  private long tip;
  private boolean broken;
  private boolean closed;

  /** The files, or what stands for them. */
  private record Parts(
      Records state,
      Records blocks,
      Records headers,
      Records mainChain,
      Records buckets,
      Records overflow) {

    static Parts in(Path directory) throws IOException {
      List<Records> opened = new ArrayList<>();
      try {
        opened.add(FileRecords.open(directory.resolve("state"), STATE_BYTES));
        opened.add(FileRecords.open(directory.resolve("blocks"), IndexedBlock.BYTES));
        opened.add(FileRecords.open(directory.resolve("headers"), BlockHeader.BYTES));
        opened.add(FileRecords.open(directory.resolve("main-chain"), Long.BYTES));
        opened.add(FileRecords.open(directory.resolve("ids"), IdTable.PAGE_BYTES));
        opened.add(FileRecords.open(directory.resolve("ids-overflow"), IdTable.PAGE_BYTES));
      } catch (IOException e) {
        closeAll(opened);
        throw e;
      }
      return of(opened);
    }

    static Parts of(List<Records> all) {
      return new Parts(all.get(0), all.get(1), all.get(2), all.get(3), all.get(4), all.get(5));
    }

    List<Records> all() {
      return List.of(state, blocks, headers, mainChain, buckets, overflow);
    }

    static void closeAll(List<Records> records) throws IOException {
      for (Records each : records) {
        each.close();
      }
    }
  }

  private ChainIndex(MessageId genesis, Parts parts) throws IOException {
    this.genesis = genesis;
    this.parts = parts;
    parts.state.reserve(1);
    ids = emptyTable();
  }

  private ChainIndex(MessageId genesis, Parts parts, ByteBuffer state) {
    this.genesis = genesis;
    this.parts = parts;
    count = state.getLong();
    tip = state.getLong();
    ids = new IdTable(parts.buckets, parts.overflow, IdTable.State.read(state));
  }

  /** An index that ends with its process; it grows with the chain, which must be bounded. */
  static ChainIndex inMemory(MessageId genesis) throws IOException {
    return new ChainIndex(
        genesis,
        new Parts(
            new MemoryRecords(STATE_BYTES),
            new MemoryRecords(IndexedBlock.BYTES),
            new MemoryRecords(BlockHeader.BYTES),
            new MemoryRecords(Long.BYTES),
            new MemoryRecords(IdTable.PAGE_BYTES),
            new MemoryRecords(IdTable.PAGE_BYTES)));
  }

  /** Opens the index in {@code dataDir}; it is empty if what is there cannot be used. */
  static ChainIndex open(Path dataDir, MessageId genesis) throws IOException {
    Path directory = Files.createDirectories(dataDir.resolve(DIRECTORY));
    Parts parts = Parts.in(directory);
    try {
      boolean exists = parts.state.reserved() > 0;
      ByteBuffer state = exists ? wholeState(genesis, parts.state) : null;
      ChainIndex index = state == null ? null : new ChainIndex(genesis, parts, state);
      if (index == null || !index.isComplete()) {
        if (exists) {
          log.warn("{} was not closed, or is damaged: it is built anew from the blocks", directory);
        }
        index = new ChainIndex(genesis, parts);
      }
      index.mark(IN_USE);
      return index;
    } catch (IOException | RuntimeException e) {
      Parts.closeAll(parts.all());
      throw e;
    }
  }

  /** The state from behind the mark on, or null if the index was not closed or is another's. */
  private static @Nullable ByteBuffer wholeState(MessageId genesis, Records records)
      throws IOException {
    try {
      ByteBuffer state = records.read(0);
      boolean ours = state.getLong() == MAGIC && readId(state).equals(genesis);
      return ours && state.getLong() == WHOLE ? state : null;
    } catch (BlockStoreException e) {
      return null;
    }
  }

  private static MessageId readId(ByteBuffer in) {
    return new MessageId(in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }

  private void mark(long mark) throws IOException {
    ByteBuffer state = ByteBuffer.allocate(STATE_BYTES);
    state.putLong(MAGIC).put(genesis.toArray()).putLong(mark).putLong(count).putLong(tip);
    ids.state().write(state);
    parts.state.write(0, state.clear());
    parts.state.sync();
  }

  /** Whether the files hold what the state says. */
  private boolean isComplete() {
    return parts.blocks.reserved() >= count
        && parts.headers.reserved() >= count
        && tip < count
        && parts.buckets.reserved() >= ids.state().buckets()
        && parts.overflow.reserved() >= ids.state().overflowPages();
  }

  /** Forgets everything. */
  synchronized void clear() throws IOException {
    broken = false;
    count = 0;
    tip = 0;
    ids = emptyTable();
  }

  private IdTable emptyTable() throws IOException {
    SecureRandom random = new SecureRandom();
    return IdTable.create(parts.buckets, parts.overflow, random.nextLong(), random.nextLong());
  }

  /** So many blocks are here, numbered from 0 on. */
  synchronized long count() {
    return count;
  }

  synchronized IndexedBlock tip() throws IOException {
    return block(tip);
  }

  /**
   * Whether the tip is in the main chain. It is looked at when the index is opened.
   *
   * @throws BlockStoreException if it has not its own header there, or is damaged
   */
  synchronized boolean hasTip() throws IOException {
    IndexedBlock block = tip();
    if (block.height() > 0) {
      headersBetween(block(block.parent()), block);
    }
    return mainChainAt(block.height()) == tip;
  }

  synchronized IndexedBlock block(long number) throws IOException {
    return IndexedBlock.read(number, read(parts.blocks, number));
  }

  /**
   * The encoded headers of the main chain behind one of its blocks, in their order.
   *
   * @param last whose header is the last of them: of the main chain, and higher than {@code start}
   * @throws BlockStoreException also if each does not name the one before it
   */
  synchronized List<Bytes> headersBetween(IndexedBlock start, IndexedBlock last)
      throws IOException {
    int count = Math.toIntExact(last.height() - start.height());
    ByteBuffer numbers = ByteBuffer.wrap(read(parts.mainChain, start.height() + 1, count));
    List<Bytes> headers = new ArrayList<>(count);
    while (numbers.hasRemaining()) {
      addHeaders(numbers, headers);
    }
    // Each record is whole; but a change of the main chain may have failed halfway.
    if (!BlockHeader.areLinked(start.id(), headers, last.id())) {
      broken = true;
      throw new BlockStoreException("the headers before block " + last.id() + " are not its own");
    }
    return Collections.unmodifiableList(headers);
  }

  /** Adds the headers of the blocks whose numbers come next, as far as each is one more. */
  private void addHeaders(ByteBuffer numbers, List<Bytes> headers) throws IOException {
    long first = numbers.getLong();
    int count = 1;
    while (numbers.hasRemaining() && numbers.getLong(numbers.position()) == first + count) {
      numbers.getLong();
      count++;
    }
    byte[] run = read(parts.headers, first, count);
    for (int i = 0; i < count; i++) {
      headers.add(Bytes.wrap(run, i * BlockHeader.BYTES, BlockHeader.BYTES));
    }
  }

  /** The block of the main chain at a height that it has. */
  synchronized long mainChainAt(long height) throws IOException {
    return read(parts.mainChain, height).getLong();
  }

  synchronized @Nullable IndexedBlock find(MessageId blockId) throws IOException {
    Finder finder = new Finder(blockId);
    any(blockId, finder);
    return finder.found;
  }

  /** Whether some block that includes the transaction passes the test. */
  synchronized boolean anyInclusion(MessageId transactionId, IdTable.Test test) throws IOException {
    return any(transactionId, (block, height) -> height != ITSELF && test.isIt(block, height));
  }

  private boolean any(MessageId id, IdTable.Test test) throws IOException {
    try {
      return ids.any(id, test);
    } catch (BlockStoreException e) {
      broken = true;
      throw e;
    }
  }

  private ByteBuffer read(Records records, long number) throws IOException {
    try {
      return records.read(number);
    } catch (BlockStoreException e) {
      broken = true;
      throw e;
    }
  }

  private byte[] read(Records records, long first, int count) throws IOException {
    try {
      return records.read(first, count);
    } catch (BlockStoreException e) {
      broken = true;
      throw e;
    }
  }

  /** Looks at the blocks under an id until it is the one. */
  private final class Finder implements IdTable.Test {
    private final MessageId id;
    private @Nullable IndexedBlock found;

    private Finder(MessageId id) {
      this.id = id;
    }

    @Override
    public boolean isIt(long number, long height) throws IOException {
      if (height != ITSELF) {
        return false;
      }
      IndexedBlock block = block(number);
      found = block.id().equals(id) ? block : null;
      return found != null;
    }
  }

  /**
   * Makes room for one more block, so that adding it does not fail for want of it.
   *
   * @throws IOException if there is no room, and nothing has changed; or if the index is out of use
   */
  synchronized void reserve(Block block) throws IOException {
    if (broken) {
      throw new BlockStoreException("the index is damaged; started again, the node builds it anew");
    }
    parts.blocks.reserve(count + 1);
    parts.headers.reserve(count + 1);
    parts.mainChain.reserve(block.height() + 1);
    ids.reserve(1 + block.transactions().size());
  }

  /**
   * Adds a block, numbered {@link #count}, for which room was made.
   *
   * @param whole the block that it is about
   */
  synchronized void add(IndexedBlock block, Block whole) throws IOException {
    changing(
        () -> {
          parts.blocks.write(block.number(), block.encode());
          ByteBuffer header = ByteBuffer.wrap(whole.encodedHeader().borrowArray());
          parts.headers.write(block.number(), header);
          List<MessageId> included = whole.transactions().stream().map(Transaction::id).toList();
          ids.add(included, block.number(), block.height());
          ids.add(List.of(block.id()), block.number(), ITSELF);
        });
    count++;
  }

  /** Puts a block into the main chain at its height. */
  synchronized void putIntoMainChain(IndexedBlock block) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(Long.BYTES).putLong(block.number()).flip();
    changing(() -> parts.mainChain.write(block.height(), record));
  }

  synchronized void moveTipTo(IndexedBlock block) {
    tip = block.number();
  }

  /** What was half changed is of no use. */
  private void changing(Change change) throws IOException {
    try {
      change.make();
    } catch (IOException | RuntimeException e) {
      broken = true;
      throw e;
    }
  }

  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }

  @Override
  public synchronized void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (!broken) {
        for (Records each : parts.all()) {
          each.sync();
        }
        mark(WHOLE);
      }
    } finally {
      Parts.closeAll(parts.all());
    }
  }
}
