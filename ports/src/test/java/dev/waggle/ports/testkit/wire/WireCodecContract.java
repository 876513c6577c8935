package dev.waggle.ports.testkit.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link WireCodec} promises, whatever bytes a peer sends. */
public abstract class WireCodecContract extends BlockCodecContract {
  private static final int MUTATIONS = 10_000;

  /** Memory that decoding may take besides a multiple of its input: lists, and class loading. */
  private static final long DECODING_SLACK_BYTES = 1 << 20;

  /** An item of one byte takes 4 bytes at least, and becomes three objects of 24 bytes each. */
  private static final int DECODED_BYTES_PER_BYTE = 24;

  private WireCodec codec;

  /** Encodings of each kind of tag that this codec does not know, at least one. */
  protected abstract List<byte[]> unknownTags();

  /**
   * Messages with 16 bytes left behind a length that claims to be {@code length}: that of a
   * Transaction, and of each other string of bytes that there is. Nothing if the codec cannot even
   * write such a length.
   */
  protected abstract List<byte[]> payloadsClaiming(long length);

  /** Lists whose number of elements claims to be {@code count}, or nothing, likewise. */
  protected abstract List<byte[]> listsClaiming(long count);

  static List<WireMessage> smallMessages() {
    return WireSamples.small();
  }

  static List<WireMessage> largeMessages() {
    return WireSamples.large();
  }

  /** And has it load its classes, so that what a test allocates is for its messages. */
  @BeforeEach
  void makeCodec() throws MalformedMessage {
    codec = codec();
    for (WireMessage message : List.of(new WireMessage.Ping(0), WireSamples.small().getLast())) {
      WireMessage _ = decode(encode(message));
    }
  }

  @Test
  void name_isFitForTheWire() {
    assertThat(codec.name()).matches("[a-z0-9-]{1,32}");
  }

  @ParameterizedTest
  @MethodSource({"smallMessages", "largeMessages"})
  void message_comesBackEqual(WireMessage message) throws MalformedMessage {
    assertThat(decode(encode(message)).equals(message)).isTrue();
  }

  @ParameterizedTest
  @MethodSource({"smallMessages", "largeMessages"})
  void encodedLength_isExact(WireMessage message) {
    assertThat(codec.encodedLength(message)).isEqualTo(encode(message).length);
  }

  @Test
  void decoding_leavesTheBytesAroundTheSliceAlone() throws MalformedMessage {
    WireMessage message = WireSamples.gossip(GossipMessage.Kind.BLOCK, 100);
    byte[] encoded = encode(message);
    byte[] surrounded = new byte[encoded.length + 20];
    Arrays.fill(surrounded, (byte) 0x55);
    System.arraycopy(encoded, 0, surrounded, 7, encoded.length);
    byte[] before = surrounded.clone();

    WireMessage decoded = codec.decode(new WireSlice().reset(surrounded, 7, encoded.length));
    assertThat(surrounded).isEqualTo(before);
    Arrays.fill(surrounded, (byte) 0);
    assertThat(decoded).as("keeps nothing of what it borrowed").isEqualTo(message);
  }

  @Test
  void payloadThatFillsAGivenArray_keepsIt() throws MalformedMessage {
    WireMessage sent = WireSamples.gossip(GossipMessage.Kind.BLOCK, 100_000);
    byte[] encoded = encode(sent);

    WireMessage decoded = codec.decode(new WireSlice().give(encoded, 0, encoded.length));
    assertThat(decoded.equals(sent)).isTrue();
    ((WireMessage.Gossip) decoded)
        .message()
        .payload()
        .lendTo((array, offset, length) -> assertThat(array).isSameAs(encoded));
  }

  @ParameterizedTest
  @MethodSource({"smallMessages", "largeMessages"})
  void messageInALargerGivenArray_sharesNothingWithIt(WireMessage sent) throws MalformedMessage {
    byte[] encoded = encode(sent);
    byte[] larger = Arrays.copyOf(encoded, encoded.length * 2);
    WireMessage decoded = codec.decode(new WireSlice().give(larger, 0, encoded.length));
    Arrays.fill(larger, (byte) 0x55);

    assertThat(decoded.equals(sent)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("smallMessages")
  void truncatedMessage_isMalformed(WireMessage message) {
    byte[] encoded = encode(message);
    for (int length = 0; length < encoded.length; length++) {
      assertMalformed(Arrays.copyOf(encoded, length));
    }
  }

  @ParameterizedTest
  @MethodSource("smallMessages")
  void trailingByte_isMalformed(WireMessage message) {
    byte[] encoded = encode(message);
    for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF}) {
      byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
      longer[encoded.length] = (byte) value;
      assertMalformed(longer);
    }
  }

  @Test
  void unknownTag_isMalformed() {
    assertThat(unknownTags()).isNotEmpty().allSatisfy(WireCodecContract.this::assertMalformed);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        17,
        GossipMessage.MAX_PAYLOAD_BYTES,
        GossipMessage.MAX_PAYLOAD_BYTES + 1,
        Integer.MAX_VALUE,
        1L << 31,
        1L << 32,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1
      })
  void lengthBeyondWhatIsLeft_isMalformedAndTakesNoMemory(long claimed) {
    payloadsClaiming(claimed).forEach(this::assertMalformed);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        WireMessage.MAX_LOCATOR,
        WireMessage.MAX_LOCATOR + 1,
        WireMessage.MAX_HEADERS,
        WireMessage.MAX_HEADERS + 1,
        WireMessage.MAX_ADDRESSES,
        WireMessage.MAX_ADDRESSES + 1,
        WireMessage.MAX_IDS,
        WireMessage.MAX_IDS + 1,
        WireMessage.MAX_ITEMS,
        WireMessage.MAX_ITEMS + 1,
        Integer.MAX_VALUE,
        1L << 31,
        1L << 59, // times 32 wraps round to 0
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1
      })
  void countBeyondWhatIsLeft_isMalformedAndTakesNoMemory(long claimed) {
    listsClaiming(claimed).forEach(this::assertMalformed);
  }

  @Test
  void mutatedMessage_isMalformedOrAnotherMessage() {
    long seed = 0x5EED;
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> originals = WireSamples.small().stream().map(this::encode).toList();
    int malformed = 0;
    for (int round = 0; round < MUTATIONS; round++) {
      byte[] mutated = mutate(originals.get(random.nextInt(originals.size())), random);
      WireMessage decoded;
      try {
        decoded = decodeWithinBounds(mutated);
      } catch (MalformedMessage e) {
        malformed++;
        continue;
      }
      String description = "round " + round + " of seed " + seed;
      assertComesBackEqual(decoded, description);
      assertThat(encode(decoded)).as(description).isEqualTo(mutated);
    }
    assertThat(malformed).isBetween(1, MUTATIONS - 1);
  }

  private void assertComesBackEqual(WireMessage message, String description) {
    try {
      assertThat(decode(encode(message))).as(description).isEqualTo(message);
    } catch (MalformedMessage e) {
      throw new AssertionError(description + " decoded to " + message + ", which is malformed", e);
    }
  }

  private static byte[] mutate(byte[] original, SplittableRandom random) {
    byte[] mutated = original.clone();
    for (int edits = random.nextInt(1, 4); edits > 0 && mutated.length > 0; edits--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(5)) {
        case 0 -> mutated[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutated[at] = (byte) random.nextInt(256);
        case 2 -> mutated = Arrays.copyOf(mutated, at);
        case 3 -> mutated = Arrays.copyOf(mutated, mutated.length + random.nextInt(1, 9));
        default -> Arrays.fill(mutated, at, Math.min(at + 8, mutated.length), (byte) 0xFF);
      }
    }
    return mutated;
  }

  private byte[] encode(WireMessage message) {
    WireBytes out = new WireBytes();
    codec.encode(message, out);
    return out.toArray();
  }

  private WireMessage decode(byte[] encoded) throws MalformedMessage {
    return codec.decode(WireSlice.of(encoded));
  }

  private void assertMalformed(byte[] encoded) {
    assertThatExceptionOfType(MalformedMessage.class).isThrownBy(() -> decodeWithinBounds(encoded));
  }

  /** Decodes, and fails if that took more memory than the contract permits. */
  private WireMessage decodeWithinBounds(byte[] encoded) throws MalformedMessage {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      return decode(encoded);
    } finally {
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated)
          .isLessThan(DECODING_SLACK_BYTES + (long) DECODED_BYTES_PER_BYTE * encoded.length);
    }
  }
}
