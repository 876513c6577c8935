package dev.waggle.chain;

import dev.waggle.chain.ChainVectors.BlockFields;
import dev.waggle.chain.ChainVectors.TransactionFields;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final int MAX_BLOCK = 8_388_544;
  private static final int HEADER = 157;
  private static final int SIGNED_HEADER = 117;
  private static final int KEY = 1952;
  private static final int SIGNATURE = 3309;
  private static final int PROOF = KEY + SIGNATURE;
  private static final int MAX_TRANSACTION = 65_536;
  private static final int MAX_COUNT = 4096;
  private static final long MAX_AHEAD_MILLIS = 120_000;
  private static final String NO_PARENT = "00".repeat(32);

  /** What stands before a key of ML-DSA-65 in a SubjectPublicKeyInfo (RFC 9881). */
  private static final byte[] KEY_INFO =
      HexFormat.of().parseHex("308207b2300b0609608648016503040312038207a100");

  private final int difficultyBits;
  private final byte[] genesisId;
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
    tip = headerId(genesis);
    genesisId = HexFormat.of().parseHex(tip);
    blocks.put(tip, new Known(fields(genesis), List.of()));
  }

  static byte[] genesis(String network, int difficultyBits) {
    byte[] rules =
        sha256(
            "waggle/1 genesis".getBytes(StandardCharsets.US_ASCII),
            new byte[] {(byte) difficultyBits},
            network.getBytes(StandardCharsets.UTF_8));
    return ByteBuffer.allocate(HEADER).put(0, (byte) 1).put(49, sha256()).put(81, rules).array();
  }

  /** A block that can be taken apart is named by its header. */
  static String id(int kind, byte[] payload) {
    return kind == 1 && itemsOf(payload) != null ? headerId(payload) : wholeId(kind, payload);
  }

  static String headerId(byte[] payload) {
    return hex(sha256(new byte[] {(byte) 0x81}, Arrays.copyOf(payload, HEADER)));
  }

  static String wholeId(int kind, byte[] payload) {
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
    if (payload.length < 13 + PROOF || payload.length > MAX_TRANSACTION || in.get() != 1) {
      return null;
    }
    long salt = in.getLong();
    int memo = in.getInt();
    if (memo != in.remaining() - PROOF) {
      return null;
    }
    byte[] key = Arrays.copyOfRange(payload, 13 + memo, 13 + memo + KEY);
    return new TransactionFields(HexFormat.of().toHexDigits(salt), memo, hex(sha256(key)));
  }

  /** The fields, or null if the bytes are no block. */
  static @Nullable BlockFields block(byte[] payload) {
    List<byte[]> items = itemsOf(payload);
    if (items == null || items.stream().anyMatch(item -> transaction(item) == null)) {
      return null;
    }
    List<String> ids = ids(items);
    return new HashSet<>(ids).size() == ids.size() ? fields(payload) : null;
  }

  private static BlockFields fields(byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    return new BlockFields(
        in.getLong(1),
        hex(payload, 9),
        in.getLong(41),
        hex(payload, 49),
        hex(payload, 81),
        in.getInt(113),
        hex(payload, 117),
        HexFormat.of().toHexDigits(in.getLong(149)));
  }

  private static List<String> ids(List<byte[]> items) {
    return items.stream().map(item -> wholeId(0, item)).toList();
  }

  /** A block's items, or null if it cannot be taken apart. */
  private static @Nullable List<byte[]> itemsOf(byte[] payload) {
    if (payload.length < HEADER + PROOF || payload.length > MAX_BLOCK) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    int count = in.getInt(113);
    if (!isHeader(Arrays.copyOf(payload, HEADER))) {
      return null;
    }
    byte[] proof = Arrays.copyOfRange(payload, HEADER, HEADER + PROOF);
    if (!hex(payload, 117).equals(hex(sha256(proof)))) {
      return null;
    }
    in.position(HEADER + PROOF);
    List<byte[]> items = new ArrayList<>();
    while (items.size() < count) {
      int length = in.remaining() < 4 ? -1 : in.getInt();
      if (length < 0 || length > in.remaining()) {
        return null;
      }
      byte[] each = new byte[length];
      in.get(each);
      items.add(each);
    }
    boolean whole = !in.hasRemaining() && hex(payload, 49).equals(merkleRoot(ids(items)));
    return whole ? items : null;
  }

  private boolean isTransactionSigned(byte[] payload) {
    int end = payload.length - SIGNATURE;
    return holds(
        Arrays.copyOfRange(payload, end - KEY, end),
        Arrays.copyOfRange(payload, end, payload.length),
        "waggle/1 transaction",
        Arrays.copyOf(payload, end));
  }

  private boolean isHeaderSigned(byte[] payload) {
    byte[] key = Arrays.copyOfRange(payload, HEADER, HEADER + KEY);
    return hex(payload, 81).equals(hex(sha256(key)))
        && holds(
            key,
            Arrays.copyOfRange(payload, HEADER + KEY, HEADER + PROOF),
            "waggle/1 block",
            Arrays.copyOf(payload, SIGNED_HEADER));
  }

  private boolean holds(byte[] key, byte[] signature, String label, byte[] content) {
    try {
      byte[] info = ByteBuffer.allocate(KEY_INFO.length + KEY).put(KEY_INFO).put(key).array();
      Signature verifier = Signature.getInstance("ML-DSA-65");
      verifier.initVerify(
          KeyFactory.getInstance("ML-DSA-65").generatePublic(new X509EncodedKeySpec(info)));
      verifier.update(label.getBytes(StandardCharsets.US_ASCII));
      verifier.update(genesisId);
      verifier.update(content);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
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
    if (transaction(payload) == null || !isTransactionSigned(payload)) {
      return Outcome.of("Reject");
    }
    pending.add(id);
    return Outcome.of("Accept");
  }

  private Outcome receiveBlock(byte[] payload, long clockMillis) {
    String id = id(1, payload);
    Outcome header = header(payload, clockMillis);
    if (header.verdict().equals("Ignore")) {
      return header;
    }
    BlockFields block = zeroBits(id) < difficultyBits ? null : block(payload);
    List<byte[]> items = itemsOf(payload);
    if (block == null || items == null || !items.stream().allMatch(this::isTransactionSigned)) {
      return Outcome.of("Reject");
    }
    if (!header.verdict().equals("Accept")) {
      return header;
    }
    Branch before = branchTo(block.parent());
    if (ids(items).stream().anyMatch(before::includes)) {
      return Outcome.of("Reject");
    }
    blocks.put(id, new Known(block, ids(items)));
    return new Outcome("Accept", null, null, follow(id, block.height()));
  }

  /** Judges a block by its header and its proof alone, if it can be taken apart. */
  Outcome header(byte[] payload, long clockMillis) {
    String id = id(1, payload);
    if (blocks.containsKey(id)) {
      return Outcome.of("Ignore");
    }
    if (zeroBits(id) < difficultyBits || itemsOf(payload) == null) {
      return Outcome.of("Reject");
    }
    BlockFields block = fields(payload);
    if (block.height() == 0 || !isHeaderSigned(payload)) {
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
    return Outcome.of(fits(block, parent.fields()) ? "Accept" : "Reject");
  }

  /**
   * Judges headers in a row; those of {@code before} were accepted, and end with {@code after}.
   *
   * @param before null if {@code after} must be known
   */
  Outcome stretch(
      String after, @Nullable List<byte[]> before, List<byte[]> stretch, long clockMillis) {
    String parent = after;
    BlockFields above = null;
    for (byte[] each : stretch) {
      String id = idOfHeader(each);
      if (zeroBits(id) < difficultyBits || !isHeader(each)) {
        return Outcome.of("Reject");
      }
      BlockFields block = fields(each);
      boolean follows = block.parent().equals(parent) && (above == null || fits(block, above));
      if (block.height() == 0 || !follows) {
        return Outcome.of("Reject");
      }
      parent = id;
      above = block;
    }
    long early = fields(stretch.getLast()).timeMillis() - (clockMillis + MAX_AHEAD_MILLIS);
    if (early > 0) {
      return new Outcome("NotYet", null, early, null);
    }
    Known known = blocks.get(after);
    if (before == null && known == null) {
      return new Outcome("Await", after, null, null);
    }
    BlockFields followed = before == null ? known.fields() : fields(before.getLast());
    return Outcome.of(fits(fields(stretch.getFirst()), followed) ? "Accept" : "Reject");
  }

  /** What a block is named by whose header these bytes are, if they are one. */
  static String idOfHeader(byte[] header) {
    return hex(sha256(new byte[] {(byte) 0x81}, header));
  }

  private static boolean fits(BlockFields block, BlockFields parent) {
    return block.height() == parent.height() + 1 && block.timeMillis() >= parent.timeMillis();
  }

  private static boolean isHeader(byte[] bytes) {
    if (bytes.length != HEADER || bytes[0] != 1) {
      return false;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int count = in.getInt(113);
    return in.getLong(1) >= 0 && in.getLong(41) >= 0 && count >= 0 && count <= MAX_COUNT;
  }

  static boolean canBeTakenApart(byte[] payload) {
    return itemsOf(payload) != null;
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
