package dev.waggle.domain.handshake;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file of test vectors (PROTOCOL §11). All bytes are in hexadecimal.
 *
 * @param suite the id of the suite, for example {@code 0x0001}
 * @param kemSecret what the KEM exchange left on both sides
 * @param xWing what the KEM's secret is made of, if the KEM is X-Wing
 * @param transcript T0 to T8
 * @param lostOffer of the responder, if it has yielded (PROTOCOL §4.8)
 * @param acceptanceClear the clear part of the Acceptance, which is the second element
 */
record HandshakeVector(
    String suite,
    String name,
    String network,
    String networkId,
    String codec,
    List<Integer> features,
    Side initiator,
    Side responder,
    String offer,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String lostOffer,
    String acceptance,
    String acceptanceClear,
    String confirmation,
    String kemSecret,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable XWing xWing,
    String masterSecret,
    List<String> transcript) {

  /**
   * The secrets of the two halves.
   *
   * @param latticeSecret {@code ss_M}
   * @param curveSecret {@code ss_X}
   */
  record XWing(
      @JsonProperty("ss_M") String latticeSecret, @JsonProperty("ss_X") String curveSecret) {}

  /**
   * What one side brings, and what it makes.
   *
   * @param randomStream the name of its stream of random bytes
   * @param draws what it draws from that, in order, its identity's seed first
   */
  record Side(
      String randomStream,
      List<String> draws,
      List<Integer> suites,
      List<String> codecs,
      List<Integer> features,
      String publicKey,
      String peerId,
      Proof proof,
      String trafficSecret,
      List<SealedRecord> records) {}

  /**
   * How a side proves who it is.
   *
   * @param sealed as it stands in the message
   */
  record Proof(
      String signedBytes,
      String signature,
      String macKey,
      String mac,
      String sealingKey,
      String sealed) {}

  /**
   * A record of the channel that the handshake opens (PROTOCOL §6).
   *
   * @param number how many records of this direction came before it
   * @param frame header, ciphertext and tag
   */
  record SealedRecord(long number, String key, String nonce, String plaintext, String frame) {}
}
