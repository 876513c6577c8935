package dev.waggle.cli.attack;

import dev.waggle.chain.Attestation;
import dev.waggle.chain.Author;
import dev.waggle.chain.Block;
import dev.waggle.chain.BlockStore;
import dev.waggle.chain.BlockTemplate;
import dev.waggle.chain.ChainRules;
import dev.waggle.chain.FileBlockStore;
import dev.waggle.chain.MessageIds;
import dev.waggle.crypto.SystemRandom;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A chain of many blocks without transactions, mined without a network into a directory. Heights
 * count from the genesis, which has height 0. Owned by one thread at a time.
 */
final class LongChain implements AutoCloseable {
  /** Of the first block; each of the others is a second younger. Long ago, so none is too early. */
  private static final long FIRST_MILLIS = 1_000_000_000_000L;

  private static final long INTERVAL_MILLIS = 1000;

  private final Path directory;
  private final FileBlockStore store;
  private final List<MessageId> ids = new ArrayList<>();
  private final List<Bytes> headers = new ArrayList<>();
  private final List<Long> positions = new ArrayList<>();
  private final Map<MessageId, Integer> heights = new LinkedHashMap<>();
  private long bytes;

  private LongChain(Path directory, ChainRules rules) throws IOException {
    this.directory = directory;
    MessageId genesis = rules.genesis().id();
    store = FileBlockStore.open(directory, rules);
    ids.add(genesis);
    headers.add(Bytes.EMPTY);
    positions.add(BlockStore.START);
    heights.put(genesis, 0);
  }

  /**
   * Mines until there are as many as wanted, some milliseconds for each; what is in the directory
   * already is taken up.
   *
   * @param blocks without the genesis; the directory must not have more
   */
  static LongChain mine(Path directory, int blocks) throws IOException {
    ChainRules rules = Signing.rules();
    LongChain chain = new LongChain(directory, rules);
    try {
      chain.store.replay(
          BlockStore.START, (position, payload) -> chain.add(Block.decode(payload), position));
      if (chain.height() > blocks) {
        throw new AssertionError(
            "%s has %d blocks, and not %d".formatted(directory, chain.height(), blocks));
      }
      Author author = Author.drawn(rules, new SystemRandom());
      NonceLanes nonces = new NonceLanes(rules);
      while (chain.height() < blocks) {
        Block block = nonces.search(author.sign(chain.next()));
        chain.add(block, chain.store.append(block.payload()));
      }
      return chain;
    } catch (IOException | RuntimeException | Error e) {
      chain.close();
      throw e;
    }
  }

  private BlockTemplate next() {
    long timeMillis = FIRST_MILLIS + height() * INTERVAL_MILLIS;
    return new BlockTemplate(height() + 1L, tip(), timeMillis, List.of());
  }

  private void add(Block block, long position) {
    heights.put(block.id(), ids.size());
    ids.add(block.id());
    headers.add(header(block));
    positions.add(position);
    bytes += block.payload().length();
  }

  /** What a block's id is the hash of: all before its proof. */
  private static Bytes header(Block block) {
    int proofBytes = Attestation.PUBLIC_KEY_BYTES + Attestation.SIGNATURE_BYTES;
    return Bytes.copyOf(block.payload().borrowArray(), 0, Block.OVERHEAD - proofBytes);
  }

  /** The id of the block with this header. */
  static MessageId idOf(Bytes header) {
    MessageDigest digest = MessageIds.startHeader();
    header.lendTo(digest::update);
    return MessageId.read(digest.digest(), 0);
  }

  /** Of the last block. */
  int height() {
    return ids.size() - 1;
  }

  MessageId tip() {
    return ids.getLast();
  }

  MessageId id(int height) {
    return ids.get(height);
  }

  /** Empty for the genesis. */
  Bytes header(int height) {
    return headers.get(height);
  }

  /** -1 if the block is not one of these. */
  int heightOf(MessageId id) {
    return heights.getOrDefault(id, -1);
  }

  /** Reads a block but the genesis. */
  GossipMessage block(int height) {
    try {
      return new GossipMessage.Block(store.read(positions.get(height)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Bytes of all blocks. */
  long bytes() {
    return bytes;
  }

  /** Makes a data directory of a node that has it all, and indexes it when it starts. */
  Path copyTo(Path dataDir) throws IOException {
    Files.createDirectories(dataDir);
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.copy(file, dataDir.resolve(file.getFileName()));
      }
    }
    return dataDir;
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
