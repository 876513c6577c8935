package dev.waggle.chain;

import dev.waggle.chain.ChainVectors.BlockFields;
import dev.waggle.chain.ChainVectors.Message;
import dev.waggle.chain.ChainVectors.Piece;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Makes messages of one network, byte by byte as CHAIN.md says, and as it forbids. */
final class MessageForge {
  static final String NETWORK = "vectors";
  static final int DIFFICULTY_BITS = 16;

  /** The time of blocks on the genesis. */
  static final long TIME = 1_700_000_000_000L;

  private static final int KIND_TRANSACTION = 0;
  private static final int KIND_BLOCK = 1;

  /** Longer runs of one byte are written as their number. */
  private static final int LONG_RUN = 256;

  /** Where a block's nonce is. */
  private static final int NONCE_AT = 149;

  private final Map<String, Message> messages = new LinkedHashMap<>();
  private final Map<String, String> parts = new LinkedHashMap<>();
  private final Signing signing = new Signing(NETWORK, DIFFICULTY_BITS);

  MessageForge() {
    for (String who : List.of("author", "miner 1", "miner 2")) {
      parts.put("key of " + who, HexFormat.of().formatHex(signing.key(who)));
    }
    byte[] genesis = IndependentChain.genesis(NETWORK, DIFFICULTY_BITS);
    String id = IndependentChain.headerId(genesis);
    BlockFields fields =
        new BlockFields(
            0,
            "00".repeat(32),
            0,
            hex(genesis, 49),
            hex(genesis, 81),
            0,
            "00".repeat(32),
            "0000000000000000");
    put(new Message("genesis", KIND_BLOCK, List.of(Piece.of(genesis)), id, null, null, fields));
  }

  private static String hex(byte[] bytes, int at) {
    return HexFormat.of().formatHex(bytes, at, at + 32);
  }

  Map<String, String> parts() {
    return parts;
  }

  Signing signing() {
    return signing;
  }

  List<Message> all() {
    return messages.values().stream().filter(each -> !each.name().equals("genesis")).toList();
  }

  String id(String name) {
    return message(name).id();
  }

  byte[] payload(String name) {
    return message(name).bytes(parts);
  }

  private Message message(String name) {
    Message message = messages.get(name);
    if (message == null) {
      throw new IllegalArgumentException("no message " + name);
    }
    return message;
  }

  /** A block before its bytes; what is not set is as it must be. */
  static final class Draft {
    int version = 1;
    long height;
    String parent;
    long timeMillis;
    List<byte[]> transactions = new ArrayList<>();
    @Nullable Integer count;
    @Nullable String root;
    @Nullable String proofHash;
    String signer;
    String miner;
    UnaryOperator<byte[]> changedProof = proof -> proof;
    @Nullable Signing signing;
    byte[] behind = {};
    int cutOff;
    IntPredicate zeroBits = bits -> bits >= DIFFICULTY_BITS;

    private Draft(String parent, long height, long timeMillis, String miner) {
      this.parent = parent;
      this.height = height;
      this.timeMillis = timeMillis;
      this.signer = miner;
      this.miner = miner;
    }

    private byte[] encode(Signing usual) {
      List<String> ids =
          transactions.stream()
              .map(each -> IndependentChain.wholeId(KIND_TRANSACTION, each))
              .toList();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(version);
      out.writeBytes(u64(height));
      out.writeBytes(HexFormat.of().parseHex(parent));
      out.writeBytes(u64(timeMillis));
      out.writeBytes(
          HexFormat.of().parseHex(root == null ? IndependentChain.merkleRoot(ids) : root));
      out.writeBytes(IndependentChain.digest().digest(usual.key(miner)));
      out.writeBytes(u32(count == null ? ids.size() : count));
      byte[] proof =
          changedProof.apply(
              (signing == null ? usual : signing)
                  .proof(signer, "waggle/1 block", out.toByteArray()));
      out.writeBytes(
          proofHash == null
              ? IndependentChain.digest().digest(proof)
              : HexFormat.of().parseHex(proofHash));
      out.writeBytes(u64(0));
      out.writeBytes(proof);
      for (byte[] each : transactions) {
        out.writeBytes(u32(each.length));
        out.writeBytes(each);
      }
      out.writeBytes(behind);
      return Arrays.copyOf(out.toByteArray(), out.size() - cutOff);
    }

    /** Counts in the bytes of the nonce. */
    private byte[] mined(Signing usual) {
      byte[] payload = encode(usual);
      boolean apart = IndependentChain.canBeTakenApart(payload);
      for (long nonce = 0; ; nonce++) {
        System.arraycopy(u64(nonce), 0, payload, NONCE_AT, Long.BYTES);
        String id =
            apart
                ? IndependentChain.headerId(payload)
                : IndependentChain.wholeId(KIND_BLOCK, payload);
        if (zeroBits.test(IndependentChain.zeroBits(id))) {
          return payload;
        }
      }
    }
  }

  /** A block one second behind its parent, with transactions by their names. */
  void block(String name, String parent, String... transactions) {
    block(name, parent, draft -> named(draft, transactions));
  }

  void named(Draft draft, String... transactions) {
    for (String each : transactions) {
      draft.transactions.add(payload(each));
    }
  }

  /** A block like {@link #block}, but for what {@code change} does to it. */
  void block(String name, String parent, Consumer<Draft> change) {
    add(name, KIND_BLOCK, mined(name, parent, change));
  }

  void malformedBlock(String name, String parent, String rule, Consumer<Draft> change) {
    malformed(name, KIND_BLOCK, mined(name, parent, change), rule);
  }

  private byte[] mined(String name, String parent, Consumer<Draft> change) {
    BlockFields fields = message(parent).block();
    if (fields == null) {
      throw new IllegalArgumentException(parent + " is no block");
    }
    long timeMillis = fields.height() == 0 ? TIME : fields.timeMillis() + 1000;
    String miner = name.startsWith("b") ? "miner 2" : "miner 1";
    Draft draft = new Draft(id(parent), fields.height() + 1, timeMillis, miner);
    change.accept(draft);
    return draft.mined(signing);
  }

  /** A transaction with a memo of equal bytes. */
  void transaction(String name, long salt, int memoBytes) {
    wellFormedTransaction(name, transaction(1, salt, memoBytes, memoBytes));
  }

  /** The same, which is a part of other messages. */
  void commonTransaction(String name, long salt, int memoBytes) {
    byte[] payload = transaction(1, salt, memoBytes, memoBytes);
    Map<String, String> others = new LinkedHashMap<>(parts);
    parts.clear();
    parts.put(name, HexFormat.of().formatHex(payload)); // Before the key that is in it.
    parts.putAll(others);
    wellFormedTransaction(name, payload);
  }

  void wellFormedTransaction(String name, byte[] payload) {
    add(name, KIND_TRANSACTION, payload);
  }

  /** Signed, whatever it says. */
  byte[] transaction(int version, long salt, int statedBytes, int memoBytes) {
    return transaction(signing, version, salt, statedBytes, memoBytes);
  }

  static byte[] transaction(
      Signing signing, int version, long salt, int statedBytes, int memoBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(version);
    out.writeBytes(u64(salt));
    out.writeBytes(u32(statedBytes));
    out.writeBytes(filled('m', memoBytes));
    byte[] key = signing.key("author");
    out.writeBytes(key);
    byte[] proof = signing.proof("author", "waggle/1 transaction", out.toByteArray());
    out.write(proof, key.length, proof.length - key.length);
    return out.toByteArray();
  }

  void malformedTransaction(String name, String rule, byte[] payload) {
    malformed(name, KIND_TRANSACTION, payload, rule);
  }

  void evidence(String name, byte[] payload) {
    put(new Message(name, 2, pieces(payload), id(2, payload), null, null, null));
  }

  private void add(String name, int kind, byte[] payload) {
    put(
        new Message(
            name,
            kind,
            pieces(payload),
            id(kind, payload),
            null,
            kind == KIND_TRANSACTION ? IndependentChain.transaction(payload) : null,
            kind == KIND_BLOCK ? IndependentChain.block(payload) : null));
  }

  private void malformed(String name, int kind, byte[] payload, String rule) {
    put(new Message(name, kind, pieces(payload), id(kind, payload), rule, null, null));
  }

  private void put(Message message) {
    if (messages.put(message.name(), message) != null) {
      throw new IllegalArgumentException(message.name() + " is there twice");
    }
  }

  private static String id(int kind, byte[] payload) {
    return IndependentChain.id(kind, payload);
  }

  /** Known parts by their names, and long runs of one byte by their lengths. */
  private List<Piece> pieces(byte[] bytes) {
    String hex = HexFormat.of().formatHex(bytes);
    for (Map.Entry<String, String> part : parts.entrySet()) {
      int at = hex.indexOf(part.getValue());
      if (at >= 0 && at % 2 == 0) {
        int end = (at + part.getValue().length()) / 2;
        List<Piece> pieces = new ArrayList<>(pieces(Arrays.copyOf(bytes, at / 2)));
        pieces.add(Piece.named(part.getKey()));
        pieces.addAll(pieces(Arrays.copyOfRange(bytes, end, bytes.length)));
        return pieces;
      }
    }
    return runs(bytes);
  }

  private static List<Piece> runs(byte[] bytes) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < bytes.length; ) {
      int end = at + 1;
      while (end < bytes.length && bytes[end] == bytes[at]) {
        end++;
      }
      if (end - at >= LONG_RUN) {
        if (at > from) {
          pieces.add(Piece.of(Arrays.copyOfRange(bytes, from, at)));
        }
        pieces.add(Piece.run(bytes[at], end - at));
        from = end;
      }
      at = end;
    }
    if (from < bytes.length) {
      pieces.add(Piece.of(Arrays.copyOfRange(bytes, from, bytes.length)));
    }
    return pieces;
  }

  static byte[] filled(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] u32(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] u64(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }
}
