package dev.waggle.domain.handshake;

import static dev.waggle.domain.handshake.Handshakes.BINCODE;
import static dev.waggle.domain.handshake.Handshakes.NETWORK;
import static dev.waggle.domain.handshake.Handshakes.SHA256;
import static dev.waggle.domain.handshake.Handshakes.TOY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.crypto.CryptoChoice;
import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node cannot be set up with, and how networks are named. */
final class HandshakeSettingsTest {
  private final PeerIdentity identity = Handshakes.node(1).identity();

  @Test
  void emptyLists_areRefused() {
    assertRefused(NETWORK, List.of(), List.of(BINCODE), "suites");
    assertRefused(NETWORK, List.of(TOY), List.of(), "codecs");
  }

  @Test
  void entryThatStandsTwice_isRefused() {
    assertRefused(NETWORK, List.of(TOY, TOY), List.of(BINCODE), "differ");
    assertRefused(NETWORK, List.of(TOY), List.of(BINCODE, BINCODE), "differ");
  }

  @Test
  void listsBeyondTheirLimits_areRefused() {
    List<CipherSuite> suites = Collections.nCopies(HandshakeLimits.MAX_SUITES + 1, TOY);
    List<String> codecs = Collections.nCopies(HandshakeLimits.MAX_CODECS + 1, BINCODE);

    assertRefused(NETWORK, suites, List.of(BINCODE), "1 to 16 suites");
    assertRefused(NETWORK, List.of(TOY), codecs, "1 to 8 codecs");
  }

  @Test
  void suiteThatSignsWithAnotherAlgorithm_isRefused() {
    CipherSuite foreign = Suites.registered(CryptoChoice.AUTO).getFirst();

    assertRefused(NETWORK, List.of(TOY, foreign), List.of(BINCODE), "ML-DSA-65");
  }

  @Test
  void networkIdOfAnotherLength_isRefused() {
    assertRefused(Bytes.EMPTY, List.of(TOY), List.of(BINCODE), "32 bytes");
  }

  @Test
  void codecNameOfAnotherForm_isRefused() {
    assertRefused(NETWORK, List.of(TOY), List.of("Kryo"), "names no codec");
  }

  @Test
  void networkId_isTheHashOfLabelAndName() {
    byte[] labelled = "waggle/1 network\0main".getBytes(StandardCharsets.US_ASCII);

    assertThat(NetworkId.of("main", SHA256)).isEqualTo(Bytes.wrap(SHA256.hash(labelled)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Main", "a b", "\u00e4", "a/b", "a_b"})
  void networkNameOfAnotherForm_isRefused(String name) {
    assertThatThrownBy(() -> NetworkId.of(name, SHA256))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void networkName_hasAtMost64Characters() {
    assertThat(NetworkId.of("n".repeat(64), SHA256).length()).isEqualTo(32);
    assertThatThrownBy(() -> NetworkId.of("n".repeat(65), SHA256))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void assertRefused(
      Bytes networkId, List<CipherSuite> suites, List<String> codecs, String why) {
    assertThatThrownBy(
            () ->
                new HandshakeSettings(
                    identity, networkId, suites, codecs, List.of(), SHA256, new SeededRandom(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @Test
  void asManyEntriesAsALimitAllows_areTaken() {
    List<String> codecs = new ArrayList<>();
    for (int i = 0; i < HandshakeLimits.MAX_CODECS; i++) {
      codecs.add("codec-" + i);
    }
    HandshakeSettings settings =
        new HandshakeSettings(
            identity, NETWORK, List.of(TOY), codecs, List.of(), SHA256, new SeededRandom(1));
    assertThat(settings.firstSupportedCodec(codecs.reversed())).isEqualTo(codecs.getLast());
  }

  @Test
  void identityOfAnotherKey_isRefused() {
    PeerIdentity forged =
        new PeerIdentity(
            identity.algorithm(), Handshakes.node(2).identity().peerId(), identity.keyPair());
    assertThatThrownBy(
            () ->
                new HandshakeSettings(
                    forged,
                    NETWORK,
                    List.of(TOY),
                    List.of(BINCODE),
                    List.of(),
                    SHA256,
                    new SeededRandom(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PeerId");
  }

  @Test
  void namesFromTheFirstLetterAndDigitToTheLast_areTaken() {
    assertThat(HandshakeLimits.isCodecName("a-z09")).isTrue();
    for (String other : List.of("`", "{", "/", ":", ",", ".")) {
      assertThat(HandshakeLimits.isCodecName(other)).isFalse();
    }
  }
}
