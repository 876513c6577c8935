package dev.waggle.chain;

import static dev.waggle.chain.MessageForge.TIME;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The messages of the vectors: transactions, the blocks of some branches, and what breaks rules.
 */
final class ChainVectorMessages {
  /** How many milliseconds a block's time may lie ahead. */
  static final long FAR = 120_000;

  /** The clock in most scenarios. */
  static final long NOW = TIME + 60_000;

  private final MessageForge forge = new MessageForge();
  private final Signing elsewhere = new Signing("elsewhere", MessageForge.DIFFICULTY_BITS);

  static MessageForge make() {
    ChainVectorMessages messages = new ChainVectorMessages();
    messages.makeTransactions();
    messages.makeBlocks();
    messages.makeUnsignedBlocks();
    messages.makeMalformedBlocks();
    return messages.forge;
  }

  private void makeTransactions() {
    forge.commonTransaction("t1", 0x0102030405060708L, 5);
    forge.commonTransaction("t2", -1, 1);
    forge.commonTransaction("t3", 3, 0);
    forge.commonTransaction("t4", 4, 0);
    forge.transaction("t-largest", 5, 60_262);
    transaction("t-empty", "it has no bytes at all", new byte[0]);
    transaction("t-version-0", "its version is 0", forge.transaction(0, 1, 2, 2));
    transaction("t-version-2", "its version is 2", forge.transaction(2, 1, 2, 2));
    transaction("t-cut-in-salt", "it ends within the salt", cut("t1", 8));
    transaction("t-cut-in-length", "it ends within the memo's length", cut("t1", 12));
    transaction("t-cut-in-key", "it ends within the author's key", cut("t1", 1000));
    transaction("t-without-signature", "it ends with the author's key", cut("t1", 13 + 5 + 1952));
    transaction("t-cut-in-signature", "the signature's last byte is missing", cut("t3", 5273));
    transaction("t-memo-short", "a byte is missing", forge.transaction(1, 1, 6, 5));
    transaction("t-trailing", "a byte is left over", forge.transaction(1, 1, 5, 6));
    transaction(
        "t-memo-2-gib",
        "the memo is said to have 2^31 bytes",
        forge.transaction(1, 1, Integer.MIN_VALUE, 5));
    transaction(
        "t-memo-4-gib", "the memo is said to have 2^32 - 1 bytes", forge.transaction(1, 1, -1, 5));
    transaction("t-too-large", "it has 65,537 bytes", forge.transaction(1, 1, 60_263, 60_263));
    forge.wellFormedTransaction("t-signature-changed", changed("t2", -1));
    forge.wellFormedTransaction("t-memo-changed", changed("t2", 13));
    forge.wellFormedTransaction("t-key-changed", changed("t2", 14 + 1000));
    forge.wellFormedTransaction(
        "t-of-another-network", MessageForge.transaction(elsewhere, 1, 1, 5, 5));
    forge.evidence("evidence", MessageForge.filled('e', 3));
  }

  private byte[] cut(String name, int length) {
    return Arrays.copyOf(forge.payload(name), length);
  }

  /** The same but for one bit. */
  private byte[] changed(String name, int at) {
    byte[] payload = forge.payload(name);
    payload[at < 0 ? payload.length + at : at] ^= 1;
    return payload;
  }

  private void transaction(String name, String rule, byte[] payload) {
    forge.malformedTransaction(name, rule, payload);
  }

  /** A chain, a1 to a4; on it forks: b from a1 on, c from the genesis on; and what breaks rules. */
  private void makeBlocks() {
    forge.block("a1", "genesis", "t1");
    forge.block("a2", "a1");
    forge.block("a3", "a2", "t2", "t3", "t4");
    forge.block("a4", "a3");
    forge.block("b2", "a1", "t2");
    forge.block("b3", "b2");
    forge.block("b4", "b3", "t3");
    forge.block("c1", "genesis", "t4");
    forge.block("c2", "c1", "t1");
    forge.block("c3", "c2");

    forge.block("15-zero-bits", "a1", draft -> draft.zeroBits = bits -> bits == 15);
    forge.block("height-skips", "a1", draft -> draft.height = 3);
    forge.block("height-stays", "a1", draft -> draft.height = 1);
    forge.block(
        "height-0",
        "a1",
        draft -> {
          draft.height = 0;
          draft.parent = "00".repeat(32);
        });
    forge.block("height-2^63-1", "a1", draft -> draft.height = Long.MAX_VALUE);
    forge.block("time-before-parent", "a1", draft -> draft.timeMillis = TIME - 1);
    forge.block("time-of-parent", "a1", draft -> draft.timeMillis = TIME);
    forge.block("time-now+120000", "a1", draft -> draft.timeMillis = NOW + FAR);
    forge.block("time-now+120001", "a1", draft -> draft.timeMillis = NOW + FAR + 1);
    forge.block("time-2^63-1", "a1", draft -> draft.timeMillis = Long.MAX_VALUE);
    forge.block("repeats-parents", "a1", "t1");
    forge.block("repeats-grandparents", "a2", "t2", "t1");
    forge.block("repeats-on-b", "b3", "t2");
    forge.block("t2-on-a", "a2", "t2");
    forge.block("on-height-skips", "height-skips");
    forge.block(
        "early-orphan-of-wrong-height",
        "b2",
        draft -> {
          draft.timeMillis = NOW + FAR + 5000;
          draft.height = 9;
        });
    forge.block(
        "early-of-wrong-height",
        "a1",
        draft -> {
          draft.timeMillis = NOW + FAR + 5000;
          draft.height = 9;
        });
    forge.block("orphan-of-wrong-height", "b2", draft -> draft.height = 9);
    forge.block("orphan-with-15-zero-bits", "b2", draft -> draft.zeroBits = bits -> bits == 15);
    forge.block(
        "early-with-15-zero-bits",
        "a1",
        draft -> {
          draft.timeMillis = Long.MAX_VALUE;
          draft.zeroBits = bits -> bits == 15;
        });
    forge.block("with-the-largest", "a1", "t-largest", "t2");
  }

  /** Well formed, and a signature does not hold. */
  private void makeUnsignedBlocks() {
    forge.block("signature-changed", "a1", draft -> draft.changedProof = flippedAt(5260));
    forge.block("key-changed", "a1", draft -> draft.changedProof = flippedAt(1000));
    forge.block("names-another-miner", "a1", draft -> draft.signer = "miner 2");
    forge.block("signed-elsewhere", "a1", draft -> draft.signing = elsewhere);
    for (String each :
        List.of("t-signature-changed", "t-memo-changed", "t-key-changed", "t-of-another-network")) {
      forge.block("holds-" + each, "a1", "t3", each);
    }
    forge.block(
        "early-orphan-signed-elsewhere",
        "b2",
        draft -> {
          draft.timeMillis = NOW + FAR + 5000;
          draft.signing = elsewhere;
        });
  }

  private static UnaryOperator<byte[]> flippedAt(int at) {
    return proof -> {
      byte[] changed = proof.clone();
      changed[at] ^= 1;
      return changed;
    };
  }

  private void makeMalformedBlocks() {
    byte[] t1 = forge.payload("t1");
    byte[] t2 = forge.payload("t2");
    byte[] t3 = forge.payload("t3");
    malformed("version-0", "its version is 0", draft -> draft.version = 0);
    malformed("version-2", "its version is 2", draft -> draft.version = 2);
    malformed("height-2^63", "its height is 2^63", draft -> draft.height = Long.MIN_VALUE);
    malformed("time-2^64-1", "its time is 2^64 - 1", draft -> draft.timeMillis = -1);
    malformed(
        "root-of-others",
        "the root is that of no transactions",
        draft -> {
          draft.transactions.add(t2);
          draft.root = IndependentChain.merkleRoot(List.of());
        });
    malformed(
        "root-of-another-order",
        "the root is that of the same transactions in another order",
        draft -> {
          draft.transactions.addAll(List.of(t2, t3));
          draft.root = IndependentChain.merkleRoot(List.of(id(t3), id(t2)));
        });
    malformed(
        "root-with-the-last-twice",
        "the root fills an odd level with a copy, as Bitcoin's does",
        draft -> {
          byte[] t4 = forge.payload("t4");
          draft.transactions.addAll(List.of(t2, t3, t4));
          draft.root = IndependentChain.merkleRoot(List.of(id(t2), id(t3), id(t4), id(t4)));
        });
    malformed(
        "same-transaction-twice",
        "a transaction is in it twice",
        draft -> draft.transactions.addAll(List.of(t2, t3, t2)));
    malformed(
        "transaction-too-large",
        "a transaction in it has 65,537 bytes",
        draft -> draft.transactions.add(forge.transaction(1, 1, 60_263, 60_263)));
    malformed(
        "transaction-of-version-2",
        "a transaction in it has version 2",
        draft -> draft.transactions.add(forge.transaction(2, 1, 2, 2)));
    malformed(
        "transaction-with-trailing-byte",
        "a transaction in it has a byte left over",
        draft -> draft.transactions.add(forge.transaction(1, 1, 5, 6)));
    malformed(
        "transaction-of-no-bytes",
        "a transaction in it has no bytes",
        draft -> draft.transactions.add(new byte[0]));
    malformed(
        "count-too-high",
        "it counts one transaction more than it has",
        draft -> {
          draft.transactions.addAll(List.of(t1, t2));
          draft.count = 3;
        });
    malformed(
        "count-too-low",
        "it counts one transaction less than it has",
        draft -> {
          draft.transactions.addAll(List.of(t2, t3));
          draft.root = IndependentChain.merkleRoot(List.of(id(t2)));
          draft.count = 1;
        });
    malformed("count-2^32-1", "it counts 2^32 - 1 transactions", draft -> draft.count = -1);
    malformed("trailing-byte", "a byte is left over", draft -> draft.behind = new byte[1]);
    malformed("count-4097", "it counts 4097 transactions", draft -> draft.count = 4097);
    malformed(
        "proof-hash-of-another",
        "the proof hash is not that of the proof",
        draft -> draft.proofHash = "00".repeat(32));
    malformed("a-byte-missing", "the signature has 3308 bytes", draft -> draft.cutOff = 1);
    malformed("cut-in-key", "it ends within the miner's key", draft -> draft.cutOff = 4000);
    malformed("without-proof", "it ends with its header", draft -> draft.cutOff = 5261);
  }

  private void malformed(String name, String rule, Consumer<MessageForge.Draft> change) {
    forge.malformedBlock(name, "a1", rule, change);
  }

  private static String id(byte[] transaction) {
    return IndependentChain.id(0, transaction);
  }
}
