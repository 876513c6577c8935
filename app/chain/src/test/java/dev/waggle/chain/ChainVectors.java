package dev.waggle.chain;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The file of test vectors that CHAIN.md describes.
 *
 * @param network the network of all messages and scenarios, and {@code difficultyBits} its
 *     difficulty
 * @param parts what many payloads have in common, by name, in hexadecimal
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChainVectors(
    String network,
    int difficultyBits,
    Map<String, String> parts,
    List<Genesis> genesis,
    List<Tree> merkleTrees,
    List<Message> messages,
    List<Scenario> scenarios,
    List<HeaderStretch> headerStretches) {

  static final Path FILE = Path.of("src", "test", "resources", "vectors", "chain.json");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** The first block of a network. */
  record Genesis(String network, int difficultyBits, String payload, String id) {}

  /** The ids of some transactions, and the root of the tree over them. */
  record Tree(List<String> ids, String root) {}

  /**
   * A gossip message.
   *
   * @param malformed which rule of the encoding it breaks; if it is well formed, one of its two
   *     sets of fields stands here instead
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Message(
      String name,
      int kind,
      List<Piece> payload,
      String id,
      @Nullable String malformed,
      @Nullable TransactionFields transaction,
      @Nullable BlockFields block) {

    byte[] bytes(Map<String, String> parts) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      payload.forEach(piece -> out.writeBytes(piece.bytes(parts)));
      return out.toByteArray();
    }
  }

  /** Part of a payload: {@code hex}, so many times over, or the {@code part} of that name. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Piece(@Nullable String hex, @Nullable Integer times, @Nullable String part) {
    static Piece of(byte[] bytes) {
      return new Piece(HexFormat.of().formatHex(bytes), null, null);
    }

    static Piece run(byte each, int times) {
      return new Piece(HexFormat.of().toHexDigits(each), times, null);
    }

    static Piece named(String part) {
      return new Piece(null, null, part);
    }

    private byte[] bytes(Map<String, String> parts) {
      byte[] once = HexFormat.of().parseHex(part == null ? hex : parts.get(part));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      for (int i = times == null ? 1 : times; i > 0; i--) {
        out.writeBytes(once);
      }
      return out.toByteArray();
    }
  }

  /**
   * What a well-formed transaction says; the salt as the hexadecimal digits of the number, its
   * author as the PeerId of the key.
   */
  record TransactionFields(String salt, int memoBytes, String author) {}

  /** What a well-formed block says; the nonce as the hexadecimal digits of the number. */
  record BlockFields(
      long height,
      String parent,
      long timeMillis,
      String transactionsRoot,
      String miner,
      int transactions,
      String proofHash,
      String nonce) {}

  /** What a node is sent, one after the other, that knows nothing but the genesis before. */
  record Scenario(String name, List<Step> steps) {}

  /**
   * One message, what becomes of it, and how the node is afterwards.
   *
   * @param clockMillis the node's clock
   * @param header the verdict on the header alone, if it is another
   * @param awaits with Await: the id that is missing
   * @param waitMillis with NotYet: how long
   * @param abandonedBlocks of an accepted block: how many left the main chain for it
   * @param tip the newest block of the main chain
   * @param pending the transactions that wait for a block, in their order
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Step(
      long clockMillis,
      String message,
      String verdict,
      @Nullable String why,
      @Nullable String header,
      @Nullable String awaits,
      @Nullable Long waitMillis,
      @Nullable Long abandonedBlocks,
      String tip,
      List<String> pending) {}

  /**
   * Headers in a row, and what becomes of them.
   *
   * @param accepted names of the blocks that the node knows besides the genesis
   * @param clockMillis the node's clock
   * @param after the id of the block that they are said to follow
   * @param before in hexadecimal, headers of a stretch that was accepted and ends with that block;
   *     null if {@code accepted} says whether it is known
   * @param headers in hexadecimal
   * @param awaits with Await: the id that is missing
   * @param waitMillis with NotYet: how long
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record HeaderStretch(
      String name,
      List<String> accepted,
      long clockMillis,
      String after,
      @Nullable List<String> before,
      List<String> headers,
      String verdict,
      @Nullable String awaits,
      @Nullable Long waitMillis) {}

  byte[] bytes(Message message) {
    return message.bytes(parts);
  }

  Message message(String name) {
    return messages.stream().filter(m -> m.name().equals(name)).findFirst().orElseThrow();
  }

  static ChainVectors read() throws IOException {
    return JSON.readValue(Files.readString(FILE), ChainVectors.class);
  }

  void write() throws IOException {
    Files.createDirectories(FILE.getParent());
    Files.writeString(FILE, JSON.writeValueAsString(this) + "\n");
  }
}
