package dev.waggle.operator.control;

import dev.waggle.chain.Block;
import dev.waggle.chain.ChainArchive.KeptBlock;
import dev.waggle.chain.ChainArchive.KeptTransaction;
import dev.waggle.chain.Transaction;
import dev.waggle.operator.control.RpcMethod.Answer;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is asked about blocks and transactions. */
final class ChainMethods {
  private static final String TIP = "tip";
  private static final Pattern HEIGHT = Pattern.compile("\\d{1,18}");

  private final ControlledNode node;
  private final Patience patience;

  ChainMethods(ControlledNode node, Patience patience) {
    this.node = node;
    this.patience = patience;
  }

  List<RpcMethod> all() {
    return List.of(
        new RpcMethod(
            "block.show",
            List.of(
                Param.required(
                    "block", Param.Type.STRING_OR_NUMBER, "a height, a hash, or \"tip\"")),
            "a block of any branch, by height one of the main chain",
            this::showBlock),
        new RpcMethod(
            "tx.show",
            List.of(Param.required("id", Param.Type.STRING, "64 hexadecimal digits")),
            "a transaction that waits, or is in the main chain",
            this::showTransaction),
        new RpcMethod(
            "tx.send",
            List.of(
                Param.optional("text", Param.Type.STRING, "the memo, as text"),
                Param.optional("hex", Param.Type.STRING, "or in hexadecimal digits")),
            "publishes a memo in a transaction that the node signs",
            this::send));
  }

  private Answer showBlock(Params params) throws RpcFailed, IOException {
    String block = params.text("block");
    Optional<KeptBlock> found =
        block.equals(TIP)
            ? node.archive().block(node.chain().tip())
            : HEIGHT.matcher(block).matches()
                ? node.archive().blockAt(Long.parseLong(block))
                : node.archive().block(params.parsed("block", ChainMethods::hash));
    KeptBlock kept = found.orElseThrow(notHere("there is no block " + block + " here"));
    return Answer.of(BlockView.of(kept, node.chain().height()));
  }

  private static MessageId hash(String text) {
    try {
      return MessageId.ofHex(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "expected a height, a hash of 64 hexadecimal digits, or \"tip\"", e);
    }
  }

  private Answer showTransaction(Params params) throws RpcFailed, IOException {
    MessageId id = params.parsed("id", ChainMethods::id);
    KeptTransaction kept =
        node.archive()
            .transaction(id)
            .orElseThrow(
                notHere(
                    "there is no transaction " + id.hex() + " here that waits or is in a block"));
    return Answer.of(TransactionView.of(kept, node.chain().height()));
  }

  private static MessageId id(String text) {
    try {
      return MessageId.ofHex(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("expected 64 hexadecimal digits", e);
    }
  }

  private Answer send(Params params) throws RpcFailed, InterruptedException {
    if (params.has("text") == params.has("hex")) {
      throw RpcFailed.invalidParams("a memo is given as text or as hex: one of both");
    }
    Bytes memo =
        params.has("text")
            ? Bytes.wrap(params.text("text").getBytes(StandardCharsets.UTF_8))
            : params.parsed("hex", Bytes::ofHex);
    return Answer.of(new Sent(patience.await(node.publish(memo)).hex()));
  }

  private static Supplier<RpcFailed> notHere(String message) {
    return () -> new RpcFailed(ErrorCode.NOT_FOUND, message);
  }

  /** How many blocks of the main chain hold a block, itself included. */
  private static long confirmations(Block block, long tipHeight) {
    return Math.max(1, tipHeight - block.height() + 1);
  }

  record Sent(String id) {}

  /**
   * A block.
   *
   * @param confirmations 0 on a side branch
   * @param transactions their ids
   */
  record BlockView(
      String hash,
      long height,
      @Nullable String parent,
      long timeMillis,
      String miner,
      boolean inMainChain,
      long confirmations,
      int bytes,
      List<String> transactions) {

    private static BlockView of(KeptBlock kept, long tipHeight) {
      Block block = kept.block();
      return new BlockView(
          block.id().hex(),
          block.height(),
          block.height() == 0 ? null : block.parent().hex(),
          block.timeMillis(),
          block.miner().hex(),
          kept.inMainChain(),
          kept.inMainChain() ? ChainMethods.confirmations(block, tipHeight) : 0,
          block.payload().length(),
          block.transactions().stream().map(transaction -> transaction.id().hex()).toList());
    }
  }

  /**
   * A transaction.
   *
   * @param memo in hexadecimal digits: its bytes are whatever its author likes
   * @param block null if it waits for one
   */
  record TransactionView(
      String id,
      String author,
      String memo,
      int bytes,
      @Nullable String block,
      @Nullable Long height,
      long confirmations) {

    private static TransactionView of(KeptTransaction kept, long tipHeight) {
      Transaction transaction = kept.transaction();
      Block block = kept.block();
      return new TransactionView(
          transaction.id().hex(),
          transaction.author().peerId().hex(),
          transaction.memo().hex(),
          transaction.payload().length(),
          block == null ? null : block.id().hex(),
          block == null ? null : Long.valueOf(block.height()),
          block == null ? 0 : ChainMethods.confirmations(block, tipHeight));
    }
  }
}
