package dev.waggle.domain.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The encodings of the messages, byte by byte, and what hostile bytes come to. */
final class HandshakeMessageTest {
  private static final String NETWORK = "11".repeat(32);
  private static final String RANDOM = "22".repeat(32);
  private static final String VERSIONS = "0200000000000000" + "0200" + "0100";
  private static final String FEATURES = "0200000000000000" + "0700" + "01ff";
  private static final String SUITES = "0200000000000000" + "0100" + "0300";
  private static final String CODECS =
      "0100000000000000" + "0700000000000000" + "62696e636f6465"; // bincode
  private static final String KEY = "0300000000000000" + "aabbcc";
  private static final String OFFER =
      "0100" + VERSIONS + NETWORK + SUITES + CODECS + FEATURES + RANDOM + "0300" + KEY;

  private static final HandshakeOffer DECODED_OFFER =
      new HandshakeOffer(
          List.of(2, 1),
          Bytes.ofHex(NETWORK),
          List.of(1, 3),
          List.of("bincode"),
          List.of(7, 0xFF01),
          Bytes.ofHex(RANDOM),
          3,
          Bytes.ofHex("aabbcc"));

  @Test
  void offer_hasTheBytesOfTheSpecification() throws MalformedMessage {
    assertThat(DECODED_OFFER.encode().hex()).isEqualTo(OFFER);
    assertThat(HandshakeOffer.decode(Bytes.ofHex(OFFER))).isEqualTo(DECODED_OFFER);
  }

  @Test
  void acceptance_hasTheBytesOfTheSpecification() throws MalformedMessage {
    HandshakeAcceptance acceptance =
        new HandshakeAcceptance(
            new HandshakeAcceptance.Clear(
                3, "bincode", List.of(7, 0xFF01), Bytes.ofHex(RANDOM), Bytes.ofHex("aa")),
            Bytes.ofHex("bbcc"));
    String clear =
        "00000000"
            + "0300"
            + "0700000000000000"
            + "62696e636f6465"
            + FEATURES
            + RANDOM
            + "0100000000000000"
            + "aa";
    String whole = clear + "0200000000000000" + "bbcc";

    assertThat(acceptance.clear().encode().hex()).isEqualTo(clear);
    assertThat(acceptance.encode().hex()).isEqualTo(whole);
    assertThat(HandshakeAnswer.decode(Bytes.ofHex(whole))).isEqualTo(acceptance);
  }

  @Test
  void refusal_hasTheBytesOfTheSpecification() throws MalformedMessage {
    HandshakeRefusal refusal =
        new HandshakeRefusal(HandshakeRefusal.Code.SUITE_MISMATCH, List.of(2, 1), List.of(1, 3));
    String bytes = "01000000" + "02000000" + VERSIONS + SUITES;

    assertThat(refusal.encode().hex()).isEqualTo(bytes);
    assertThat(HandshakeAnswer.decode(Bytes.ofHex(bytes))).isEqualTo(refusal);
  }

  @Test
  void confirmation_hasTheBytesOfTheSpecification() throws MalformedMessage {
    HandshakeConfirmation confirmation = new HandshakeConfirmation(Bytes.ofHex("aabb"));

    assertThat(confirmation.encode().hex()).isEqualTo("0200000000000000" + "aabb");
    assertThat(HandshakeConfirmation.decode(confirmation.encode())).isEqualTo(confirmation);
  }

  @Test
  void truncatedOffer_isMalformed_whereverItIsCut() {
    for (int length = 0; length < OFFER.length() / 2; length++) {
      assertMalformedOffer(OFFER.substring(0, 2 * length));
    }
  }

  @Test
  void trailingByte_isMalformed() {
    assertMalformedOffer(OFFER + "00");
    assertMalformedAnswer("01000000" + "02000000" + VERSIONS + SUITES + "00");
    assertThatThrownBy(
            () -> HandshakeConfirmation.decode(Bytes.ofHex("0200000000000000" + "aabb" + "00")))
        .isInstanceOf(MalformedMessage.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000", // none
        "1100000000000000", // 17
        "ffffff7f00000000", // as many as an int can count
        "ffffffffffffff7f", // as many as a long can count
        "ffffffffffffffff", // more
      })
  void listOfSuitesBeyondItsBounds_isMalformed(String count) {
    String list = count + "0100".repeat(4096);

    assertMalformedOffer(
        "0100" + VERSIONS + NETWORK + list + CODECS + FEATURES + RANDOM + "0300" + KEY);
    assertMalformedAnswer("01000000" + "02000000" + VERSIONS + list);
  }

  /** With nothing else that is wrong with the message. */
  @Test
  void emptyList_isMalformed() {
    String none = "0000000000000000";

    assertMalformedOffer(
        "0100" + none + NETWORK + SUITES + CODECS + FEATURES + RANDOM + "0300" + KEY);
    assertMalformedOffer(
        "0100" + VERSIONS + NETWORK + none + CODECS + FEATURES + RANDOM + "0300" + KEY);
    assertMalformedAnswer("01000000" + "02000000" + none + SUITES);
    assertMalformedOffer(
        "0100" + VERSIONS + NETWORK + SUITES + none + FEATURES + RANDOM + "0300" + KEY);
    assertMalformedAnswer("01000000" + "02000000" + VERSIONS + none);
  }

  @Test
  void longestList_isRead() throws MalformedMessage {
    List<Integer> ids = IntStream.rangeClosed(1, HandshakeLimits.MAX_SUITES).boxed().toList();
    List<String> names =
        IntStream.range(0, HandshakeLimits.MAX_CODECS)
            .mapToObj(i -> i + "x".repeat(HandshakeLimits.MAX_CODEC_NAME_LENGTH - 1))
            .toList();
    HandshakeOffer offer =
        new HandshakeOffer(
            IntStream.rangeClosed(1, HandshakeLimits.MAX_VERSIONS).boxed().toList(),
            DECODED_OFFER.networkId(),
            ids,
            names,
            IntStream.rangeClosed(1, HandshakeLimits.MAX_FEATURES).boxed().toList(),
            DECODED_OFFER.random(),
            1,
            Bytes.EMPTY);

    assertThat(HandshakeOffer.decode(offer.encode())).isEqualTo(offer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000000000000000", // none
        "0900000000000000", // 9
        "ffffffffffffffff",
      })
  void listOfCodecsBeyondItsBounds_isMalformed(String count) {
    String names =
        IntStream.range(0, 9)
            .mapToObj(i -> "0100000000000000" + "3" + i)
            .reduce("", String::concat);

    assertMalformedOffer(
        "0100" + VERSIONS + NETWORK + SUITES + count + names + FEATURES + RANDOM + "0300" + KEY);
  }

  static Stream<String> codecNames() {
    return Stream.of("", "x".repeat(33), "Bincode", "bin code", "b\u00fcn", "bin_code", "bin\0");
  }

  @ParameterizedTest
  @MethodSource("codecNames")
  void codecNameOfAnotherForm_isMalformed(String name) {
    Bytes latin1 = Bytes.wrap(name.getBytes(StandardCharsets.ISO_8859_1));
    String list =
        "0100000000000000" + "%02x00000000000000".formatted(latin1.length()) + latin1.hex();

    assertMalformedOffer(
        "0100" + VERSIONS + NETWORK + SUITES + list + FEATURES + RANDOM + "0300" + KEY);
  }

  @Test
  void suiteThatStandsTwice_isMalformed() {
    String twice = "0200000000000000" + "0100" + "0100";

    assertMalformedOffer(
        "0100" + VERSIONS + NETWORK + twice + CODECS + FEATURES + RANDOM + "0300" + KEY);
  }

  @Test
  void suiteZero_isMalformed() {
    String zero = "0100000000000000" + "0000";

    assertMalformedOffer(
        "0100" + VERSIONS + NETWORK + zero + CODECS + FEATURES + RANDOM + "0300" + KEY);
    assertMalformedOffer(
        "0100" + VERSIONS + NETWORK + SUITES + CODECS + FEATURES + RANDOM + "0000" + KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000" + "0200", // without the version of the Offer
        "0200000000000000" + "0100" + "0100",
        "0200000000000000" + "0100" + "0000",
        "0900000000000000" + "010002000300040005000600070008000900",
        "ffffffffffffffff" + "0100",
      })
  void versionsOfAnotherForm_areMalformed(String versions) {
    assertMalformedOffer(
        "0100" + versions + NETWORK + SUITES + CODECS + FEATURES + RANDOM + "0300" + KEY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000" + "0000",
        "0200000000000000" + "0700" + "0700",
        "0200000000000000" + "0800" + "0700",
        "ffffffffffffffff" + "0100",
      })
  void featuresOfAnotherForm_areMalformed(String features) {
    assertMalformedOffer(
        "0100" + VERSIONS + NETWORK + SUITES + CODECS + features + RANDOM + "0300" + KEY);
  }

  @Test
  void moreFeaturesThanTheLimit_areMalformed() {
    String ids =
        IntStream.rangeClosed(1, 33).mapToObj("%02x00"::formatted).reduce("", String::concat);

    assertMalformedOffer(
        "0100"
            + VERSIONS
            + NETWORK
            + SUITES
            + CODECS
            + "2100000000000000"
            + ids
            + RANDOM
            + "0300"
            + KEY);
  }

  @Test
  void noFeature_isRead() throws MalformedMessage {
    String none = "0000000000000000";

    HandshakeOffer offer =
        HandshakeOffer.decode(
            Bytes.ofHex(
                "0100" + VERSIONS + NETWORK + SUITES + CODECS + none + RANDOM + "0300" + KEY));

    assertThat(offer.features()).isEmpty();
  }

  @Test
  void keyForASuiteThatIsNotListed_isMalformed() {
    assertMalformedOffer(
        "0100" + VERSIONS + NETWORK + SUITES + CODECS + FEATURES + RANDOM + "0200" + KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0400000000000000", "ffffff7f00000000", "ffffffffffffffff"})
  void keyLongerThanWhatIsLeft_isMalformed(String length) {
    assertMalformedOffer(
        "0100" + VERSIONS + NETWORK + SUITES + CODECS + FEATURES + RANDOM + "0300" + length
            + "aabbcc");
  }

  @Test
  void messageAboveTheLimit_isMalformed() {
    int tooMany = HandshakeLimits.MAX_MESSAGE_LENGTH + 1 - Long.BYTES;
    HandshakeConfirmation confirmation = new HandshakeConfirmation(Bytes.wrap(new byte[tooMany]));
    byte[] frame = new byte[HandshakeLimits.MAX_MESSAGE_LENGTH + 1];
    frame[0] = (byte) tooMany;
    frame[1] = (byte) (tooMany >>> 8);
    confirmation.sealedProof().copyTo(frame, Long.BYTES);

    assertThatThrownBy(() -> HandshakeConfirmation.decode(Bytes.wrap(frame)))
        .isInstanceOf(MalformedMessage.class);
  }

  @Test
  void unknownTags_areMalformed() {
    assertMalformedAnswer("02000000");
    assertMalformedAnswer("ffffffff");
    assertMalformedAnswer("01000000" + "03000000" + VERSIONS + SUITES);
  }

  private static void assertMalformedOffer(String hex) {
    assertThatThrownBy(() -> HandshakeOffer.decode(Bytes.ofHex(hex)))
        .isInstanceOf(MalformedMessage.class);
  }

  private static void assertMalformedAnswer(String hex) {
    assertThatThrownBy(() -> HandshakeAnswer.decode(Bytes.ofHex(hex)))
        .isInstanceOf(MalformedMessage.class);
  }
}
