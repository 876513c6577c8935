package dev.waggle.chain;

import dev.waggle.chain.ChainVectors.BlockFields;
import dev.waggle.chain.ChainVectors.Message;
import dev.waggle.chain.ChainVectors.Piece;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
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

  /** Where a block's transactions begin. */
  private static final int FIRST_TRANSACTION = 117;

  private final Map<String, Message> messages = new LinkedHashMap<>();

  MessageForge() {
    add("genesis", KIND_BLOCK, IndependentChain.genesis(NETWORK, DIFFICULTY_BITS));
  }

  List<Message> all() {
    return List.copyOf(messages.values());
  }

  String id(String name) {
    return message(name).id();
  }

  byte[] payload(String name) {
    return message(name).bytes();
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
    byte[] behind = {};
    int cutOff;
    IntPredicate zeroBits = bits -> bits >= DIFFICULTY_BITS;

    private Draft(String parent, long height, long timeMillis) {
      this.parent = parent;
      this.height = height;
      this.timeMillis = timeMillis;
    }

    private byte[] encode(int miner) {
      List<String> ids =
          transactions.stream().map(each -> IndependentChain.id(KIND_TRANSACTION, each)).toList();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(version);
      out.writeBytes(u64(height));
      out.writeBytes(HexFormat.of().parseHex(parent));
      out.writeBytes(u64(timeMillis));
      out.writeBytes(
          HexFormat.of().parseHex(root == null ? IndependentChain.merkleRoot(ids) : root));
      out.writeBytes(filled(miner, 32));
      out.writeBytes(u32(count == null ? ids.size() : count));
      for (byte[] each : transactions) {
        out.writeBytes(u32(each.length));
        out.writeBytes(each);
      }
      out.writeBytes(behind);
      out.writeBytes(u64(0));
      return Arrays.copyOf(out.toByteArray(), out.size() - cutOff);
    }

    /** Counts in the bytes of the nonce; where there is none, in the last eight. */
    private byte[] mined(int miner) throws CloneNotSupportedException {
      byte[] payload = encode(miner);
      int nonceBytes = cutOff < Long.BYTES ? Long.BYTES - cutOff : Long.BYTES;
      int before = payload.length - nonceBytes;
      MessageDigest prefix = IndependentChain.digest();
      prefix.update((byte) KIND_BLOCK);
      prefix.update(payload, 0, before);
      for (long nonce = 0; ; nonce++) {
        byte[] tail = Arrays.copyOf(u64(nonce), nonceBytes);
        byte[] hash = ((MessageDigest) prefix.clone()).digest(tail);
        if (zeroBits.test(IndependentChain.zeroBits(HexFormat.of().formatHex(hash)))) {
          System.arraycopy(tail, 0, payload, before, tail.length);
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

  /**
   * A block of that many transactions without a memo, whose salts count from 0.
   *
   * @param rule which it breaks, or null
   */
  void fullBlock(String name, String parent, int count, @Nullable String rule) {
    byte[] payload =
        mined(
            name,
            parent,
            draft -> {
              for (int salt = 0; salt < count; salt++) {
                draft.transactions.add(transaction(1, salt, 0, 0));
              }
            });
    int firstSalt = FIRST_TRANSACTION + 5;
    int lastMemoLength = payload.length - 12;
    List<Piece> pieces =
        List.of(
            new Piece(HexFormat.of().formatHex(payload, 0, firstSalt), 1, 0L),
            new Piece("000000000d00000001", count - 1, 1L),
            Piece.of(Arrays.copyOfRange(payload, lastMemoLength, payload.length)));
    BlockFields fields = rule == null ? IndependentChain.block(payload) : null;
    put(new Message(name, KIND_BLOCK, pieces, id(KIND_BLOCK, payload), rule, null, fields));
  }

  private byte[] mined(String name, String parent, Consumer<Draft> change) {
    BlockFields fields = message(parent).block();
    if (fields == null) {
      throw new IllegalArgumentException(parent + " is no block");
    }
    long timeMillis = fields.height() == 0 ? TIME : fields.timeMillis() + 1000;
    Draft draft = new Draft(id(parent), fields.height() + 1, timeMillis);
    change.accept(draft);
    try {
      return draft.mined(name.charAt(0));
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("the JDK's SHA-256 can be cloned", e);
    }
  }

  /** A transaction with a memo of equal bytes. */
  void transaction(String name, long salt, int memoBytes) {
    add(name, KIND_TRANSACTION, transaction(1, salt, memoBytes, memoBytes));
  }

  static byte[] transaction(int version, long salt, int statedBytes, int memoBytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(version);
    out.writeBytes(u64(salt));
    out.writeBytes(u32(statedBytes));
    out.writeBytes(filled('m', memoBytes));
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

  private static List<Piece> pieces(byte[] bytes) {
    List<Piece> pieces = new ArrayList<>();
    int from = 0;
    for (int at = 0; at < bytes.length; ) {
      int end = at + 1;
      while (end < bytes.length && bytes[end] == bytes[at]) {
        end++;
      }
      if (end - at >= LONG_RUN) {
        pieces.add(Piece.of(Arrays.copyOfRange(bytes, from, at)));
        pieces.add(new Piece(HexFormat.of().toHexDigits(bytes[at]), end - at, null));
        from = end;
      }
      at = end;
    }
    pieces.add(Piece.of(Arrays.copyOfRange(bytes, from, bytes.length)));
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
