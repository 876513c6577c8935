package dev.waggle.chain;

import dev.waggle.chain.BlockValidator.Judgement;
import dev.waggle.chain.BlockValidator.Refused;
import dev.waggle.chain.BlockValidator.Valid;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.DeliveryFailed;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chain of one node, as the application above gossip: judges blocks and transactions, keeps
 * what is valid, and follows the branch with the most work (CHAIN.md).
 *
 * <p>Gossip's calls, and {@link #close}, are the node thread's; {@link ChainReader}'s methods and
 * {@link #archive} are anybody's. A block is kept by one write into the file system's cache and
 * some into the index for each of its transactions, and {@link #find} may read one of up to {@link
 * Block#MAX_BYTES} back.
 *
 * <p>A failing disk stops blocks only as long as it fails: each further block is another attempt,
 * and what was not kept is neither remembered nor passed on. One word in the log, and one to the
 * listeners, when it begins and when it ends.
 */
public final class NodeService implements GossipApplication, ChainReader, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeService.class);
  private static final Verdict ACCEPT = new Verdict.Accept();

  private final ChainRules rules;
  private final BlockStore store;
  private final ChainIndex index;
  private final InstantSource clock;
  private final BlockTree tree;
  private final BlockValidator validator;
  private final Examiner examiner;
  private final ChainFormat format;
  private final ChainHeaders headers;
  private final Mempool mempool = new Mempool();
  private final BlockReader reader;
  private final MempoolFollower follower;
  private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();
  private final StoreHealth health = new StoreHealth(this::tell);
  private volatile ChainView view;

  /** What {@link #validate} has just accepted, for {@link #deliver} to take over; or null. */
  private @Nullable Valid judged;

  private NodeService(ChainRules rules, BlockStore store, ChainIndex index, InstantSource clock)
      throws IOException {
    this.rules = rules;
    this.store = store;
    this.index = index;
    this.clock = clock;
    tree = new BlockTree(rules, index);
    validator = new BlockValidator(tree);
    examiner = new Examiner(rules, new VerifiedSignatures());
    format = new ChainFormat(examiner, validator, mempool, clock, health);
    headers = new ChainHeaders(examiner, validator, tree, rules.genesis().id(), clock, health);
    reader = new BlockReader(store);
    follower = new MempoolFollower(mempool, tree, reader);
    view = currentView();
  }

  /**
   * Takes up the chain in a data directory, which is made if it does not exist.
   *
   * @throws BlockStoreException if the chain is damaged, another network's or in use, or holds a
   *     block that breaks the rules
   */
  public static NodeService open(ChainRules rules, Path dataDir, InstantSource clock)
      throws IOException {
    BlockStore store = FileBlockStore.open(dataDir, rules);
    ChainIndex index;
    try {
      index = ChainIndex.open(dataDir, rules.genesis().id());
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
    return open(rules, store, index, clock);
  }

  /**
   * Takes up the chain that {@code store} keeps, with an index in memory.
   *
   * @param store bounded; closed by {@link #close}, or here if this method throws
   */
  public static NodeService open(ChainRules rules, BlockStore store, InstantSource clock)
      throws IOException {
    return open(rules, store, ChainIndex.inMemory(rules.genesis().id()), clock);
  }

  private static NodeService open(
      ChainRules rules, BlockStore store, ChainIndex index, InstantSource clock)
      throws IOException {
    try {
      long last = lastIndexed(index, store);
      NodeService service = new NodeService(rules, store, index, clock);
      long before = index.count();
      store.replay(last, service::restore);
      if (index.count() > before) {
        log.info("indexed {} blocks", index.count() - before);
      }
      service.view = service.currentView();
      log.info("network {}: chain of height {}", rules.network(), service.view.height());
      return service;
    } catch (IOException | RuntimeException e) {
      close(store, index);
      throw e;
    }
  }

  /** The position of the last block that the index knows; one that does not fit is emptied. */
  private static long lastIndexed(ChainIndex index, BlockStore store) throws IOException {
    if (index.count() == 0) {
      return BlockStore.START;
    }
    try {
      IndexedBlock last = index.block(index.count() - 1);
      if (index.hasTip() && isStored(last, store)) {
        return last.position();
      }
    } catch (BlockStoreException e) {
      log.warn("{}", e.getMessage());
    }
    log.warn("the index does not fit the blocks: it is built anew from them");
    index.clear();
    return BlockStore.START;
  }

  private static boolean isStored(IndexedBlock block, BlockStore store) throws IOException {
    if (block.position() == IndexedBlock.NOT_STORED) {
      return true;
    }
    Bytes payload = store.read(block.position());
    return blockId(payload).equals(block.id());
  }

  private static MessageId blockId(Bytes payload) {
    return MessageIds.of(new GossipMessage.Block(payload));
  }

  /**
   * Takes over a block that was stored before. Its signatures are not checked again, which would
   * take hours for a long chain: only what was accepted is stored, each with a checksum, and who
   * can write to the file nevertheless can do so to the index, which is believed as well.
   */
  private void restore(long position, Bytes payload) throws MalformedMessage, IOException {
    MessageId id = blockId(payload);
    switch (validator.judge(
        id, () -> examiner.examineStoredBlock(id, payload), BlockValidator.ANY_TIME)) {
      case Valid valid -> {
        tree.reserve(valid.block());
        tree.add(valid.block(), valid.parent(), position);
      }
      case Refused refused ->
          throw new MalformedMessage("block " + id + " does not belong here: " + refused.verdict());
    }
  }

  @Override
  public Examination examine(MessageId id, GossipMessage message) {
    return examiner.examine(id, message);
  }

  @Override
  public boolean takesLong(GossipMessage message) {
    return Examiner.takesLong(message);
  }

  @Override
  public boolean isKnown(MessageId id) {
    try {
      return tree.find(id) != null || isKnownTransaction(id);
    } catch (IOException e) {
      health.failed(e);
      return false;
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Blocks whose time is too far ahead of our clock are judged later rather than rejected, since
   * it may be our clock that is wrong. Valid blocks of side branches are accepted.
   */
  @Override
  public Verdict validate(Delivery candidate) {
    Verdict verdict =
        switch (candidate.message()) {
          case GossipMessage.Transaction _ -> judgeTransaction(candidate);
          case GossipMessage.Block _ -> judgeBlock(candidate);
          case GossipMessage.Evidence _ -> new Verdict.Ignore("this chain knows no evidence");
        };
    if (verdict instanceof Verdict.Reject(String why)
        && candidate.message() instanceof GossipMessage.Block) {
      tell(listener -> listener.blockRejected(candidate.id(), why, candidate.from()));
    }
    return verdict;
  }

  private Verdict judgeBlock(Delivery candidate) {
    judged = null;
    try {
      return switch (judge(candidate, ChainRules.latestMillis(clock))) {
        case Valid valid -> {
          judged = valid;
          yield ACCEPT;
        }
        case Refused refused -> refused.verdict();
      };
    } catch (IOException e) {
      health.failed(e);
      return new Verdict.Ignore("the chain cannot be read");
    }
  }

  private Judgement judge(Delivery candidate, long latestMillis) throws IOException {
    return validator.judge(candidate.id(), () -> examiner.finding(candidate), latestMillis);
  }

  private boolean isKnownTransaction(MessageId id) throws IOException {
    return mempool.find(id) != null || tree.isInMainChain(id);
  }

  private Verdict judgeTransaction(Delivery candidate) {
    MessageId id = candidate.id();
    try {
      if (isKnownTransaction(id)) {
        return new Verdict.Ignore("the transaction is known");
      }
    } catch (IOException e) {
      health.failed(e);
      return new Verdict.Ignore("the chain cannot be read");
    }
    return switch (examiner.finding(candidate)) {
      case Finding.SoundTransaction(Transaction transaction) ->
          mempool.hasRoomFor(transaction)
              ? ACCEPT
              : new Verdict.Ignore("too many transactions wait for a block");
      case Finding.Flawed(String why) -> new Verdict.Reject(why);
      case Finding.SoundBlock _ -> throw new IllegalArgumentException("no transaction: " + id);
    };
  }

  /**
   * {@inheritDoc}
   *
   * <p>A block is not judged again if {@link #validate} has just accepted it.
   *
   * @throws IllegalStateException if {@link #validate} would not accept it: the caller's mistake
   */
  @Override
  public void deliver(Delivery accepted) throws DeliveryFailed {
    switch (accepted.message()) {
      case GossipMessage.Transaction _ -> addTransaction(accepted);
      case GossipMessage.Block _ -> addBlock(accepted);
      case GossipMessage.Evidence _ -> throw notAccepted(accepted, "evidence");
    }
  }

  private void addTransaction(Delivery accepted) {
    if (!(examiner.finding(accepted)
        instanceof Finding.SoundTransaction(Transaction transaction))) {
      throw notAccepted(accepted, accepted.examination());
    }
    mempool.add(transaction);
    view = currentView();
    tell(listener -> listener.transactionAccepted(accepted.id(), accepted.from()));
  }

  private void addBlock(Delivery accepted) throws DeliveryFailed {
    Valid valid = judged;
    judged = null;
    try {
      if (valid == null || !valid.block().id().equals(accepted.id())) {
        valid = judgeAgain(accepted);
      }
      Block block = valid.block();
      tree.reserve(block);
      long position = store.append(block.payload());
      BlockTree.Change change = tree.add(block, valid.parent(), position);
      health.recovered();
      if (change.movedTip()) {
        updateMempool(block, change);
        view = currentView();
      }
      report(block, accepted.from(), change);
    } catch (IOException e) {
      health.failed(e);
      throw new DeliveryFailed("the block cannot be kept: " + e.getMessage(), e);
    }
  }

  private Valid judgeAgain(Delivery accepted) throws IOException {
    Judgement judgement = judge(accepted, BlockValidator.ANY_TIME);
    if (judgement instanceof Valid valid) {
      return valid;
    }
    throw notAccepted(accepted, judgement);
  }

  private static IllegalStateException notAccepted(Delivery delivery, @Nullable Object why) {
    return new IllegalStateException(delivery.id() + " was delivered, but not accepted: " + why);
  }

  /** Empties the mempool if in doubt: a miner must not put what is in the chain there again. */
  private void updateMempool(Block tip, BlockTree.Change change) {
    try {
      follower.follow(tip, change);
    } catch (IOException e) {
      health.failed(e);
      mempool.removeIf(_ -> true);
    }
  }

  private void report(Block block, @Nullable PeerId from, BlockTree.Change change) {
    int abandoned = Math.toIntExact(change.abandonedBlocks());
    if (abandoned > 0) {
      log.info(
          "reorganised: {} blocks abandoned, new tip {} at height {}",
          abandoned,
          block.id(),
          block.height());
    }
    AcceptedBlock event =
        new AcceptedBlock(
            block.id(),
            block.height(),
            block.timeMillis(),
            block.miner(),
            from,
            change.movedTip(),
            abandoned,
            block.transactions().size(),
            block.payload().length());
    tell(listener -> listener.blockAccepted(event));
  }

  @Override
  public BlockFormat blockFormat() {
    return format;
  }

  @Override
  public HeaderChain headerChain() {
    return headers;
  }

  /** The tip, for peers who come late; nothing before the first block. */
  @Override
  public List<MessageId> inventory() {
    return view.height() == 0 ? List.of() : List.of(view.tip());
  }

  /** A block of any branch but the genesis, which is never sent, or a waiting transaction. */
  @Override
  public @Nullable GossipMessage find(MessageId id) {
    Transaction transaction = mempool.find(id);
    if (transaction != null) {
      return transaction.toMessage();
    }
    Bytes payload = read(id);
    return payload == null ? null : new GossipMessage.Block(payload);
  }

  private @Nullable Bytes read(MessageId blockId) {
    try {
      IndexedBlock block = tree.find(blockId);
      return block == null || block.position() == IndexedBlock.NOT_STORED
          ? null
          : reader.read(block);
    } catch (IOException e) {
      health.failed(e);
      return null;
    }
  }

  private ChainView currentView() {
    IndexedBlock tip = tree.tip();
    return new ChainView(
        tip.id(), tip.height(), tip.timeMillis(), tree.totalWork(), mempool.snapshot());
  }

  private void tell(Consumer<ChainListener> event) {
    listeners.forEach(event);
  }

  @Override
  public ChainRules rules() {
    return rules;
  }

  @Override
  public ChainView view() {
    return view;
  }

  /** What it holds, block by block. */
  public ChainArchive archive() {
    return new ChainArchive(index, store, rules.genesis(), this::view);
  }

  @Override
  public void addListener(ChainListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(ChainListener listener) {
    listeners.remove(listener);
  }

  /** Closes the block store, and the index after it. Idempotent. */
  @Override
  public void close() throws IOException {
    close(store, index);
  }

  private static void close(BlockStore store, ChainIndex index) throws IOException {
    try {
      store.close();
    } finally {
      index.close();
    }
  }
}
