package dev.waggle.domain.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SecretBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SecureChannelTest {
  private static final int SHORT_INTERVAL = 8;

  private final RecordingAead recorder = new RecordingAead(ToySuite.create().aead());
  private final CipherSuite suite = recorder.in(ToySuite.create());

  private final SecureChannel ours = channel(suite, 1, 2, SHORT_INTERVAL);
  private final SecureChannel theirs = channel(suite, 2, 1, SHORT_INTERVAL);

  private static SecureChannel channel(CipherSuite suite, int send, int receive, int interval) {
    return new SecureChannel(suite, secret(send), secret(receive), interval);
  }

  private static SecretBytes secret(int fill) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) fill);
    return SecretBytes.wrap(bytes);
  }

  @Test
  void sealedRecord_isAFrameAndOpensOnTheOtherSide() {
    byte[] record = sealed(ours, "hello");

    assertThat(record).hasSize(4 + 5 + 16).startsWith(0, 0, 0, 21);
    assertThat(new String(record, StandardCharsets.US_ASCII)).doesNotContain("hello");
    assertThat(opened(theirs, record)).isEqualTo("hello");
  }

  @Test
  void recordsOfAnyLength_open() {
    for (int length : new int[] {1, 15, 16, 17, 65_536, 65_599, 65_600}) {
      byte[] record = new byte[FrameBounds.MAX_FRAME_BYTES];
      Arrays.fill(record, 4, 4 + length, (byte) 'x');
      int frameLength = ours.sealer().seal(record, length);
      assertThat(frameLength).isEqualTo(4 + length + 16);
      byte[] plaintext = new byte[length];
      assertThat(theirs.opener().open(record, frameLength - 4, plaintext, 0)).isEqualTo(length);
      assertThat(new String(plaintext, StandardCharsets.US_ASCII)).isEqualTo("x".repeat(length));
    }
  }

  @Test
  void flippedRecord_doesNotOpen() {
    byte[] record = sealed(ours, "hello");
    for (int bit = 0; bit < record.length * 8; bit++) {
      byte[] flipped = record.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertForged(theirs, flipped);
    }
    assertThat(opened(theirs, record)).as("a forgery counts for nothing").isEqualTo("hello");
  }

  @Test
  void replayedRecord_doesNotOpen() {
    byte[] record = sealed(ours, "hello");
    byte[] again = record.clone();
    opened(theirs, record);

    assertForged(theirs, again);
  }

  @Test
  void reorderedRecord_doesNotOpen() {
    sealed(ours, "first");
    assertForged(theirs, sealed(ours, "second"));
  }

  @Test
  void reflectedRecord_doesNotOpen() {
    assertForged(ours, sealed(ours, "hello"));
  }

  @Test
  void recordUnderTheOldKey_doesNotOpenAfterTheRatchet() {
    byte[] first = sealed(ours, "0");
    byte[] replay = first.clone();
    opened(theirs, first);
    for (int i = 1; i < SHORT_INTERVAL; i++) {
      opened(theirs, sealed(ours, "" + i));
    }
    // The counter is 0 again, as it was when this record was sealed: only the key differs.
    assertForged(theirs, replay);
  }

  @Test
  void keysAndNonces_followTheSpecification() {
    for (int i = 0; i < 2 * SHORT_INTERVAL + 3; i++) {
      opened(theirs, sealed(ours, "record " + i));
    }

    List<RecordingAead.Use> expected = new ArrayList<>();
    SecretBytes secret = secret(1);
    for (int i = 0; i < 2 * SHORT_INTERVAL + 3; i++) {
      int counter = i % SHORT_INTERVAL;
      if (i > 0 && counter == 0) {
        secret = expand(secret, "waggle/1 record ratchet", 32);
      }
      byte[] nonce = expand(secret, "waggle/1 record iv", 12).borrowArray();
      nonce[11] ^= (byte) counter;
      Bytes key = Bytes.wrap(expand(secret, "waggle/1 record key", 32).borrowArray());
      expected.add(new RecordingAead.Use(key, Bytes.wrap(nonce)));
    }
    assertThat(recorder.sealed()).isEqualTo(expected);
  }

  private SecretBytes expand(SecretBytes secret, String label, int length) {
    return suite.kdf().expand(secret, label.getBytes(StandardCharsets.US_ASCII), length);
  }

  @Test
  void nonces_countUpInTheirLastEightBytesMostSignificantFirst() {
    SecureChannel patient = channel(suite, 1, 2, 1 << 17);
    byte[] record = new byte[32];
    for (int i = 0; i <= 0x10203; i++) {
      patient.sealer().seal(record, 1);
    }

    byte[] first = recorder.sealed().getFirst().nonce().toArray();
    byte[] last = recorder.sealed().getLast().nonce().toArray();
    byte[] difference = new byte[12];
    for (int i = 0; i < 12; i++) {
      difference[i] = (byte) (first[i] ^ last[i]);
    }
    assertThat(difference).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3);
  }

  @Test
  void noKeyIsEverUsedTwiceWithOneNonce() {
    for (int i = 0; i < 20 * SHORT_INTERVAL; i++) {
      opened(theirs, sealed(ours, "to them"));
      opened(ours, sealed(theirs, "to us"));
    }

    assertThat(recorder.sealed()).hasSize(40 * SHORT_INTERVAL).doesNotHaveDuplicates();
    assertThat(new LinkedHashSet<>(recorder.sealed().stream().map(RecordingAead.Use::key).toList()))
        .as("a key for each direction and ratchet")
        .hasSize(40);
  }

  @Test
  void directions_haveKeysAndIvsOfTheirOwn() {
    sealed(ours, "to them");
    sealed(theirs, "to us");

    RecordingAead.Use mine = recorder.sealed().getFirst();
    RecordingAead.Use yours = recorder.sealed().getLast();
    assertThat(mine.key()).isNotEqualTo(yours.key());
    assertThat(mine.nonce()).isNotEqualTo(yours.nonce());
  }

  @Test
  void ratchetOfTheProtocol_comesAfterTwoToTheTwentyRecords() {
    CountingAead counting = new CountingAead();
    SecureChannel patient = new SecureChannel(counting.in(ToySuite.create()), secret(1), secret(2));
    byte[] record = new byte[32];
    byte[] plaintext = new byte[1];

    for (int i = 0; i < 1 << 20; i++) {
      assertThat(counting.sealers()).isEqualTo(1);
      patient.sealer().seal(record, 1);
    }
    assertThat(counting.sealers()).isEqualTo(2);
    for (int i = 0; i < 1 << 20; i++) {
      assertThat(counting.openers()).isEqualTo(1);
      patient.opener().open(record, 17, plaintext, 0);
    }
    assertThat(counting.openers()).isEqualTo(2);
  }

  @Test
  void emptyRecord_endsItsKeyOnBothSides() {
    SecureChannel we = channel(suite, 1, 2, 1 << 20);
    SecureChannel they = channel(suite, 2, 1, 1 << 20);
    for (int i = 0; i < TrafficKeys.MIN_RECORDS_PER_KEY; i++) {
      assertThat(we.sealer().mayEndKey()).isFalse();
      opened(they, sealed(we, "x"));
    }
    byte[] last = sealedLast(we);
    assertThat(openedLength(they, last)).isZero();
    opened(they, sealed(we, "under the next key"));

    List<RecordingAead.Use> uses = recorder.sealed();
    RecordingAead.Use before = uses.get(uses.size() - 2);
    RecordingAead.Use after = uses.getLast();
    SecretBytes next = expand(secret(1), "waggle/1 record ratchet", 32);
    assertThat(before.key()).isEqualTo(uses.getFirst().key());
    assertThat(after.key())
        .isEqualTo(Bytes.wrap(expand(next, "waggle/1 record key", 32).borrowArray()));
    assertThat(after.nonce())
        .as("the counter begins again")
        .isEqualTo(Bytes.wrap(expand(next, "waggle/1 record iv", 12).borrowArray()));
  }

  @Test
  void emptyRecordThatIsTheLastByCountToo_endsOneKeyOnly() {
    SecureChannel we = channel(suite, 1, 2, TrafficKeys.MIN_RECORDS_PER_KEY + 1);
    SecureChannel they = channel(suite, 2, 1, TrafficKeys.MIN_RECORDS_PER_KEY + 1);
    for (int i = 0; i < TrafficKeys.MIN_RECORDS_PER_KEY; i++) {
      opened(they, sealed(we, "x"));
    }

    assertThat(openedLength(they, sealedLast(we))).isZero();
    assertThat(opened(they, sealed(we, "goes on"))).isEqualTo("goes on");
    SecretBytes next = expand(secret(1), "waggle/1 record ratchet", 32);
    assertThat(recorder.sealed().getLast().key())
        .isEqualTo(Bytes.wrap(expand(next, "waggle/1 record key", 32).borrowArray()));
  }

  @Test
  void emptyRecordUnderAYoungKey_isNeitherSealedNorOpened() {
    CountingAead counting = new CountingAead();
    SecureChannel young = new SecureChannel(counting.in(ToySuite.create()), secret(1), secret(2));
    for (int i = 0; i < TrafficKeys.MIN_RECORDS_PER_KEY - 1; i++) {
      opened(young, sealed(young, "x"));
    }

    assertThatIllegalStateException().isThrownBy(() -> sealedLast(young));
    byte[] last = {0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    assertThat(openedLength(young, last)).isEqualTo(RecordOpener.UNTIMELY);
    opened(young, sealed(young, "x"));
    assertThat(counting.openers()).isEqualTo(1);
    assertThat(openedLength(young, last)).isZero();
    assertThat(counting.openers()).isEqualTo(2);
    assertThat(openedLength(young, last)).isEqualTo(RecordOpener.UNTIMELY);
  }

  private static byte[] sealedLast(SecureChannel channel) {
    byte[] record = new byte[20];
    assertThat(channel.sealer().sealLast(record)).isEqualTo(20);
    assertThat(record).startsWith(0, 0, 0, 16);
    return record;
  }

  private static int openedLength(SecureChannel channel, byte[] record) {
    return channel.opener().open(record, record.length - 4, new byte[record.length], 0);
  }

  @Test
  void secrets_areWipedByTheRatchetAndByClose() {
    SecretBytes send = secret(1);
    SecretBytes receive = secret(2);
    SecureChannel channel = new SecureChannel(suite, send, receive, 1);

    sealed(channel, "one record, one key");
    assertThatIllegalStateException().isThrownBy(send::borrowArray);
    channel.close();
    assertThatIllegalStateException().isThrownBy(receive::borrowArray);
  }

  @Test
  void aeadWithTagsOfAnotherLength_isRefused() {
    CipherSuite unfit =
        new CountingAead() {
          @Override
          public int tagLength() {
            return 12;
          }
        }.in(ToySuite.create());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecureChannel(unfit, secret(1), secret(2)));
  }

  @Test
  void aeadWithNoncesOfAnotherLength_isRefused() {
    CipherSuite unfit =
        new CountingAead() {
          @Override
          public int nonceLength() {
            return 24;
          }
        }.in(ToySuite.create());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SecureChannel(unfit, secret(1), secret(2)));
  }

  private static byte[] sealed(SecureChannel channel, String text) {
    byte[] record = new byte[4 + text.length() + 16];
    System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, record, 4, text.length());
    assertThat(channel.sealer().seal(record, text.length())).isEqualTo(record.length);
    return record;
  }

  private static String opened(SecureChannel channel, byte[] record) {
    byte[] plaintext = new byte[record.length - 20];
    assertThat(channel.opener().open(record, record.length - 4, plaintext, 0))
        .isEqualTo(plaintext.length);
    return new String(plaintext, StandardCharsets.US_ASCII);
  }

  private static void assertForged(SecureChannel channel, byte[] record) {
    byte[] plaintext = new byte[record.length];
    assertThat(channel.opener().open(record, record.length - 4, plaintext, 0))
        .isEqualTo(RecordOpener.FORGED);
  }
}
