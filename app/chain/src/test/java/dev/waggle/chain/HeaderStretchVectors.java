package dev.waggle.chain;

import static dev.waggle.chain.MessageForge.DIFFICULTY_BITS;

import dev.waggle.chain.ChainVectors.HeaderStretch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The vectors of headers in a row: those of the blocks of the vectors, and what breaks rules. */
final class HeaderStretchVectors {
  private static final long NOW = ChainVectorMessages.NOW;
  private static final int HEADER = 157;
  private static final int NONCE_AT = 149;

  private final MessageForge messages;
  private final List<HeaderStretch> stretches = new ArrayList<>();
  private List<String> accepted = List.of();

  private HeaderStretchVectors(MessageForge messages) {
    this.messages = messages;
  }

  static List<HeaderStretch> make(MessageForge messages) {
    HeaderStretchVectors vectors = new HeaderStretchVectors(messages);
    vectors.sound();
    vectors.malformed();
    vectors.brokenStretches();
    vectors.misfits();
    vectors.time();
    return vectors.stretches;
  }

  private void sound() {
    accept("one on the genesis", "genesis", null, "a1");
    accept("all that follow", "genesis", null, "a1", "a2", "a3", "a4");
    await("behind a block that is not there", "a1", "a2", "a3");
    accept("behind a stretch that was accepted", "a2", List.of("a1", "a2"), "a3", "a4");
    accepted = List.of("a1", "a2");
    accept("behind the tip", "a2", null, "a3", "a4");
    accept("of a side branch", "a1", null, "b2", "b3", "b4");
    accept("of known blocks, which others tell as well", "genesis", null, "a1", "a2");
    accept("not signed, which the proof would show", "a1", null, "signed-elsewhere");
    accept("of a block whose items are invalid", "a1", null, "repeats-parents");
    accept("of the same time as the parent's", "a1", null, "time-of-parent");
    accepted = List.of();
  }

  private void malformed() {
    reject("no work: 15 zero bits", "a1", List.of("a1"), header("15-zero-bits"));
    rejectChanged("of version 0", header -> header.put(0, (byte) 0));
    rejectChanged("of version 2", header -> header.put(0, (byte) 2));
    rejectChanged("of height 0", header -> header.putLong(1, 0));
    rejectChanged("of height 2^63", header -> header.putLong(1, Long.MIN_VALUE));
    rejectChanged("of time 2^63", header -> header.putLong(41, Long.MIN_VALUE));
    rejectChanged("that counts 4097 transactions", header -> header.putInt(113, 4097));
    rejectChanged("that counts 2^32 - 1 transactions", header -> header.putInt(113, -1));
    reject("a byte too short", "genesis", null, mined(Arrays.copyOf(header("a1"), HEADER - 1)));
    reject("a byte too long", "genesis", null, mined(Arrays.copyOf(header("a1"), HEADER + 1)));
  }

  private void brokenStretches() {
    reject("one is missing", "genesis", null, header("a1"), header("a3"));
    reject("in the wrong order", "genesis", null, header("a2"), header("a1"));
    reject("twice the same", "genesis", null, header("a1"), header("a1"));
    reject("of two branches", "genesis", null, header("a1"), header("a2"), header("b3"));
    reject("behind another block than it names", "genesis", null, header("a2"), header("a3"));
    byte[] lowest = messages.payload("genesis");
    reject("the genesis", "00".repeat(32), null, Arrays.copyOf(lowest, HEADER));
    reject("the height skips in it", "genesis", null, header("a1"), header("height-skips"));
    reject("the height stays in it", "genesis", null, header("a1"), header("height-stays"));
    reject("it goes back in time", "genesis", null, header("a1"), header("time-before-parent"));
    byte[] early = header("early-of-wrong-height");
    reject("wrong height, though the time is not yet", "genesis", null, header("a1"), early);
    early = header("early-with-15-zero-bits");
    reject("no work, though the time is not yet", "a1", List.of("a1"), early);
  }

  private void misfits() {
    for (List<String> before : Arrays.asList(null, List.of("a1"))) {
      accepted = before == null ? List.of("a1") : List.of();
      String of = before == null ? " (block)" : " (stretch)";
      reject("higher by two than what it follows" + of, "a1", before, header("height-skips"));
      reject("as high as what it follows" + of, "a1", before, header("height-stays"));
      reject("as high as can be" + of, "a1", before, header("height-2^63-1"));
      reject("before what it follows" + of, "a1", before, header("time-before-parent"));
    }
    accepted = List.of();
    await("wrong height, but it follows no known block", "b2", "orphan-of-wrong-height");
  }

  private void time() {
    accepted = List.of("a1");
    accept("120,000 ms ahead", "a1", null, "time-now+120000");
    notYet("120,001 ms ahead", "a1", 1, "time-now+120001");
    notYet("wrong height, and its time is not yet", "a1", 5000, "early-of-wrong-height");
    accepted = List.of();
    notYet("the last of two is ahead", "genesis", 1, "a1", "time-now+120001");
    notYet("no known block, and its time is not yet", "a1", 1, "time-now+120001");
    long wait = Long.MAX_VALUE - NOW - ChainVectorMessages.FAR;
    notYet("as late as can be", "genesis", wait, "a1", "time-2^63-1");
  }

  private void accept(String name, String after, @Nullable List<String> before, String... stretch) {
    add(name, messages.id(after), headers(before), headers(List.of(stretch)), "Accept", null, null);
  }

  private void await(String name, String after, String... stretch) {
    String missing = messages.id(after);
    add(name, missing, null, headers(List.of(stretch)), "Await", missing, null);
  }

  private void notYet(String name, String after, long waitMillis, String... stretch) {
    add(name, messages.id(after), null, headers(List.of(stretch)), "NotYet", null, waitMillis);
  }

  /**
   * A stretch that is rejected.
   *
   * @param after the name of a block, or an id
   */
  private void reject(String name, String after, @Nullable List<String> before, byte[]... stretch) {
    String id = after.length() == 64 ? after : messages.id(after);
    List<String> headers = Arrays.stream(stretch).map(HexFormat.of()::formatHex).toList();
    add(name, id, headers(before), headers, "Reject", null, null);
  }

  /** The first block's header, changed; it proves work. */
  private void rejectChanged(String name, Consumer<ByteBuffer> change) {
    byte[] changed = header("a1");
    change.accept(ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN));
    reject(name, "genesis", null, mined(changed));
  }

  private static byte[] mined(byte[] header) {
    ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    int last = Math.min(NONCE_AT, header.length - Long.BYTES);
    for (long nonce = 0; ; nonce++) {
      bytes.putLong(last, nonce);
      if (IndependentChain.zeroBits(IndependentChain.idOfHeader(header)) >= DIFFICULTY_BITS) {
        return header;
      }
    }
  }

  private @Nullable List<String> headers(@Nullable List<String> names) {
    return names == null
        ? null
        : names.stream().map(name -> HexFormat.of().formatHex(header(name))).toList();
  }

  private byte[] header(String name) {
    return Arrays.copyOf(messages.payload(name), HEADER);
  }

  private void add(
      String name,
      String after,
      @Nullable List<String> before,
      List<String> headers,
      String verdict,
      @Nullable String awaits,
      @Nullable Long waitMillis) {
    if (stretches.stream().anyMatch(stretch -> stretch.name().equals(name))) {
      throw new IllegalArgumentException(name + " is there twice");
    }
    stretches.add(
        new HeaderStretch(
            name, accepted, NOW, after, before, headers, verdict, awaits, waitMillis));
  }
}
