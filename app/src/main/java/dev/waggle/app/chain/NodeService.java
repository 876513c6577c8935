package dev.waggle.app.chain;

import dev.waggle.app.chain.BlockValidator.Judgement;
import dev.waggle.app.chain.BlockValidator.Refused;
import dev.waggle.app.chain.BlockValidator.Valid;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chain of one node, as the application above gossip: judges blocks and transactions, keeps
 * what is valid, and follows the branch with the most work.
 *
 * <p>Gossip's calls, and {@link #close}, are the node thread's; {@link ChainReader}'s methods are
 * anybody's. A block is kept by one write into the file system's cache, and {@link #find} may read
 * one of up to {@link Block#MAX_BYTES} back.
 */
public final class NodeService implements GossipApplication, ChainReader, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NodeService.class);
  private static final Verdict ACCEPT = new Verdict.Accept();

  private final ChainRules rules;
  private final BlockStore store;
  private final InstantSource clock;
  private final BlockTree tree;
  private final BlockValidator validator;
  private final Mempool mempool = new Mempool();
  private final List<ChainListener> listeners = new CopyOnWriteArrayList<>();
  private volatile ChainView view;
  private boolean storeFailed;

  private NodeService(ChainRules rules, BlockStore store, InstantSource clock) {
    this.rules = rules;
    this.store = store;
    this.clock = clock;
    tree = new BlockTree(rules);
    validator = new BlockValidator(rules, tree);
    view = currentView();
  }

  /**
   * Takes up the chain that {@code store} keeps.
   *
   * @param store closed by {@link #close}, or here if this method throws
   * @throws BlockStoreException if the store is damaged, or holds a block that breaks the rules
   */
  public static NodeService open(ChainRules rules, BlockStore store, InstantSource clock)
      throws IOException {
    NodeService service = new NodeService(rules, store, clock);
    try {
      store.replay(service::restore);
    } catch (IOException | RuntimeException e) {
      store.close();
      throw e;
    }
    service.view = service.currentView();
    log.info("network {}: chain of height {}", rules.network(), service.view.height());
    return service;
  }

  private void restore(long position, Bytes payload) throws MalformedMessage {
    MessageId id = MessageIds.of(GossipMessage.Kind.BLOCK, payload);
    switch (validator.judge(id, payload, BlockValidator.ANY_TIME)) {
      case Valid valid -> tree.add(valid.block(), valid.parent(), position);
      case Refused refused ->
          throw new MalformedMessage("block " + id + " does not belong here: " + refused.verdict());
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
          case GossipMessage.Transaction message -> judgeTransaction(candidate.id(), message);
          case GossipMessage.Block message -> judgeBlock(candidate.id(), message);
          case GossipMessage.Evidence _ -> new Verdict.Ignore("this chain knows no evidence");
        };
    if (verdict instanceof Verdict.Reject(String why)
        && candidate.message() instanceof GossipMessage.Block) {
      tell(listener -> listener.blockRejected(candidate.id(), why, candidate.from()));
    }
    return verdict;
  }

  private Verdict judgeBlock(MessageId id, GossipMessage.Block message) {
    if (storeFailed) {
      return new Verdict.Ignore("blocks cannot be stored any more");
    }
    long latestMillis = clock.millis() + ChainRules.MAX_AHEAD.toMillis();
    return switch (validator.judge(id, message.payload(), latestMillis)) {
      case Valid _ -> ACCEPT;
      case Refused refused -> refused.verdict();
    };
  }

  private Verdict judgeTransaction(MessageId id, GossipMessage.Transaction message) {
    if (mempool.find(id) != null || tree.isInMainChain(id)) {
      return new Verdict.Ignore("the transaction is known");
    }
    try {
      Transaction transaction = Transaction.decode(id, message.payload());
      return mempool.hasRoomFor(transaction)
          ? ACCEPT
          : new Verdict.Ignore("too many transactions wait for a block");
    } catch (MalformedMessage e) {
      return new Verdict.Reject("malformed transaction: " + e.getMessage());
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException if {@link #validate} would not accept it: the caller's mistake
   */
  @Override
  public void deliver(Delivery accepted) {
    switch (accepted.message()) {
      case GossipMessage.Transaction message -> addTransaction(accepted, message);
      case GossipMessage.Block message -> addBlock(accepted, message);
      case GossipMessage.Evidence _ -> throw notAccepted(accepted, "evidence");
    }
  }

  private void addTransaction(Delivery accepted, GossipMessage.Transaction message) {
    Transaction transaction;
    try {
      transaction = Transaction.decode(accepted.id(), message.payload());
    } catch (MalformedMessage e) {
      throw notAccepted(accepted, e.getMessage());
    }
    mempool.add(transaction);
    view = currentView();
    tell(listener -> listener.transactionAccepted(accepted.id(), accepted.from()));
  }

  private void addBlock(Delivery accepted, GossipMessage.Block message) {
    Judgement judgement =
        validator.judge(accepted.id(), message.payload(), BlockValidator.ANY_TIME);
    if (!(judgement instanceof Valid(Block block, BlockTree.Node parent))) {
      throw notAccepted(accepted, judgement);
    }
    long position;
    try {
      position = store.append(block.payload());
    } catch (IOException e) {
      fail(e);
      return;
    }
    BlockTree.Change change = tree.add(block, parent, position);
    if (change.movedTip()) {
      updateMempool(change.abandoned());
      view = currentView();
    }
    report(block, accepted.from(), change);
  }

  private static IllegalStateException notAccepted(Delivery delivery, @Nullable Object why) {
    return new IllegalStateException(delivery.id() + " was delivered, but not accepted: " + why);
  }

  /** Transactions of the new blocks leave the mempool, those of abandoned ones return to it. */
  private void updateMempool(List<BlockTree.Node> abandoned) {
    mempool.removeIf(tree::isInMainChain);
    for (BlockTree.Node node : abandoned) {
      Bytes payload = node.transactions == 0 ? null : read(node);
      if (payload != null) {
        returnToMempool(node, payload);
      }
    }
  }

  private void returnToMempool(BlockTree.Node node, Bytes payload) {
    try {
      Block.decode(node.id, payload).transactions().stream()
          .filter(transaction -> !tree.isInMainChain(transaction.id()))
          .forEach(mempool::add);
    } catch (MalformedMessage e) {
      throw new IllegalStateException("block " + node.id + " was decoded before", e);
    }
  }

  private void report(Block block, @Nullable PeerId from, BlockTree.Change change) {
    int abandoned = change.abandoned().size();
    if (abandoned > 0) {
      log.info(
          "reorganised: {} blocks abandoned, new tip {} at height {}",
          abandoned,
          block.id(),
          block.height());
    }
    AcceptedBlock event =
        new AcceptedBlock(
            block.id(), block.height(), block.miner(), from, change.movedTip(), abandoned);
    tell(listener -> listener.blockAccepted(event));
  }

  /** The tip, for peers who come late; nothing before the first block. */
  @Override
  public List<MessageId> inventory() {
    return view.height() == 0 ? List.of() : List.of(view.tip());
  }

  /** A block of any branch but the genesis, which is never sent, or a waiting transaction. */
  @Override
  public @Nullable GossipMessage find(MessageId id) {
    BlockTree.Node node = tree.find(id);
    if (node != null) {
      Bytes payload = node.position == BlockTree.Node.NOT_STORED ? null : read(node);
      return payload == null ? null : new GossipMessage.Block(payload);
    }
    Transaction transaction = mempool.find(id);
    return transaction == null ? null : transaction.toMessage();
  }

  /** The block of a node, or null if the store has failed. */
  private @Nullable Bytes read(BlockTree.Node node) {
    try {
      return store.read(node.position);
    } catch (IOException e) {
      fail(e);
      return null;
    }
  }

  private void fail(IOException why) {
    if (!storeFailed) {
      storeFailed = true;
      log.error("the block store failed, no more blocks are taken: {}", why.getMessage(), why);
      tell(listener -> listener.storeFailed(why));
    }
  }

  private ChainView currentView() {
    BlockTree.Node tip = tree.tip();
    return new ChainView(tip.id, tip.height, tip.timeMillis, tip.totalWork, mempool.snapshot());
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

  @Override
  public void addListener(ChainListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(ChainListener listener) {
    listeners.remove(listener);
  }

  /** Closes the block store. */
  @Override
  public void close() throws IOException {
    store.close();
  }
}
