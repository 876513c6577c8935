package dev.waggle.chain;

import dev.waggle.chain.ChainVectors.BlockFields;
import dev.waggle.chain.ChainVectors.TransactionFields;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * CHAIN.md a second time, from its text, sharing no code with the first: what vectors are made
 * with, and what they are checked by. Keeps everything in memory and walks where the other looks
 * up.
 */
final class IndependentChain {
  private static final int MAX_BLOCK = 1_048_576;
  private static final int MAX_TRANSACTION = 65_536;
  private static final int MAX_COUNT = 4096;
  private static final long MAX_AHEAD_MILLIS = 120_000;
  private static final String NO_PARENT = "00".repeat(32);

  private final int difficultyBits;
  private final Map<String, Known> blocks = new HashMap<>();
  private final Set<String> pending = new LinkedHashSet<>();
  private String tip;

  /** A block that was accepted, and the ids of its transactions. */
  private record Known(BlockFields fields, List<String> transactions) {}

  /** What becomes of a message; see {@link ChainVectors.Step}. */
  record Outcome(
      String verdict,
      @Nullable String awaits,
      @Nullable Long waitMillis,
      @Nullable Long abandonedBlocks) {
    private static Outcome of(String verdict) {
      return new Outcome(verdict, null, null, null);
    }
  }

  IndependentChain(String network, int difficultyBits) {
    this.difficultyBits = difficultyBits;
    byte[] genesis = genesis(network, difficultyBits);
    tip = id(1, genesis);
    BlockFields fields = block(genesis);
    if (fields == null) {
      throw new AssertionError("the genesis is malformed");
    }
    blocks.put(tip, new Known(fields, List.of()));
  }

  static byte[] genesis(String network, int difficultyBits) {
    byte[] rules =
        sha256(
            "waggle/1 genesis".getBytes(StandardCharsets.US_ASCII),
            new byte[] {(byte) difficultyBits},
            network.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(125).put(0, (byte) 1).put(49, sha256()).put(81, rules).array();
  }

  static String id(int kind, byte[] payload) {
    return hex(sha256(new byte[] {(byte) kind}, payload));
  }

  /** From the leaves up: neighbours are joined, and an odd one goes up as it is. */
  static String merkleRoot(List<String> ids) {
    if (ids.isEmpty()) {
      return hex(sha256());
    }
    List<byte[]> level = new ArrayList<>();
    ids.forEach(id -> level.add(sha256(new byte[] {0}, HexFormat.of().parseHex(id))));
    while (level.size() > 1) {
      List<byte[]> above = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        above.add(
            i + 1 < level.size()
                ? sha256(new byte[] {1}, level.get(i), level.get(i + 1))
                : level.get(i));
      }
      level.clear();
      level.addAll(above);
    }
    return hex(level.getFirst());
  }

  static int zeroBits(String id) {
    return 256 - new BigInteger(id, 16).bitLength();
  }

  /** The fields, or null if the bytes are no transaction. */
  static @Nullable TransactionFields transaction(byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    if (payload.length < 13 || payload.length > MAX_TRANSACTION || in.get() != 1) {
      return null;
    }
    long salt = in.getLong();
    int memo = in.getInt();
    return memo == in.remaining()
        ? new TransactionFields(HexFormat.of().toHexDigits(salt), memo)
        : null;
  }

  /** The fields, or null if the bytes are no block. */
  static @Nullable BlockFields block(byte[] payload) {
    List<String> ids = transactionIds(payload);
    if (ids == null || new HashSet<>(ids).size() != ids.size()) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    long height = in.getLong(1);
    long timeMillis = in.getLong(41);
    String root = hex(payload, 49);
    if (height < 0 || timeMillis < 0 || !root.equals(merkleRoot(ids))) {
      return null;
    }
    return new BlockFields(
        height,
        hex(payload, 9),
        timeMillis,
        root,
        hex(payload, 81),
        ids.size(),
        HexFormat.of().toHexDigits(in.getLong(payload.length - 8)));
  }

  /** The ids of a block's transactions, or null if its parts do not fit together. */
  private static @Nullable List<String> transactionIds(byte[] payload) {
    if (payload.length < 125 || payload.length > MAX_BLOCK || payload[0] != 1) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).position(113);
    int count = in.getInt();
    if (count < 0 || count > MAX_COUNT) {
      return null;
    }
    List<String> ids = new ArrayList<>();
    while (ids.size() < count) {
      int length = in.remaining() < 4 ? -1 : in.getInt();
      if (length < 0 || length > in.remaining()) {
        return null;
      }
      byte[] each = new byte[length];
      in.get(each);
      if (transaction(each) == null) {
        return null;
      }
      ids.add(id(0, each));
    }
    return in.remaining() == 8 ? ids : null;
  }

  String tip() {
    return tip;
  }

  List<String> pending() {
    return List.copyOf(pending);
  }

  /** Judges a message, and takes it over if it is accepted. */
  Outcome receive(int kind, byte[] payload, long clockMillis) {
    return switch (kind) {
      case 0 -> receiveTransaction(payload);
      case 1 -> receiveBlock(payload, clockMillis);
      default -> Outcome.of("Ignore");
    };
  }

  private Outcome receiveTransaction(byte[] payload) {
    String id = id(0, payload);
    if (pending.contains(id) || branchTo(tip).includes(id)) {
      return Outcome.of("Ignore");
    }
    if (transaction(payload) == null) {
      return Outcome.of("Reject");
    }
    pending.add(id);
    return Outcome.of("Accept");
  }

  private Outcome receiveBlock(byte[] payload, long clockMillis) {
    String id = id(1, payload);
    if (blocks.containsKey(id)) {
      return Outcome.of("Ignore");
    }
    BlockFields block = zeroBits(id) < difficultyBits ? null : block(payload);
    if (block == null || block.height() == 0) {
      return Outcome.of("Reject");
    }
    long early = block.timeMillis() - (clockMillis + MAX_AHEAD_MILLIS);
    if (early > 0) {
      return new Outcome("NotYet", null, early, null);
    }
    Known parent = blocks.get(block.parent());
    if (parent == null) {
      return new Outcome("Await", block.parent(), null, null);
    }
    List<String> transactions = transactionIds(payload);
    Branch before = branchTo(block.parent());
    if (transactions == null
        || block.height() != parent.fields().height() + 1
        || block.timeMillis() < parent.fields().timeMillis()
        || transactions.stream().anyMatch(before::includes)) {
      return Outcome.of("Reject");
    }
    blocks.put(id, new Known(block, transactions));
    return new Outcome("Accept", null, null, follow(id, block.height()));
  }

  /** Makes the block the tip if it lies higher; returns how many blocks leave the main chain. */
  private long follow(String id, long height) {
    Branch old = branchTo(tip);
    if (height <= old.blocks().size() - 1) {
      return 0;
    }
    Branch main = branchTo(id);
    List<String> abandoned = new ArrayList<>(old.blocks());
    abandoned.removeAll(main.blocks());
    abandoned.forEach(each -> pending.addAll(known(each).transactions()));
    pending.removeIf(main::includes);
    tip = id;
    return abandoned.size();
  }

  /** The blocks from the genesis to a block, and their transactions. */
  private record Branch(List<String> blocks, Set<String> transactions) {
    boolean includes(String transaction) {
      return transactions.contains(transaction);
    }
  }

  private Branch branchTo(String last) {
    Deque<String> path = new ArrayDeque<>();
    Set<String> transactions = new HashSet<>();
    for (String at = last; !at.equals(NO_PARENT); at = known(at).fields().parent()) {
      path.addFirst(at);
      transactions.addAll(known(at).transactions());
    }
    return new Branch(List.copyOf(path), transactions);
  }

  private Known known(String id) {
    Known known = blocks.get(id);
    if (known == null) {
      throw new AssertionError("no block " + id);
    }
    return known;
  }

  private static String hex(byte[] bytes, int offset) {
    return HexFormat.of().formatHex(bytes, offset, offset + 32);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(byte[]... parts) {
    MessageDigest digest = digest();
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
