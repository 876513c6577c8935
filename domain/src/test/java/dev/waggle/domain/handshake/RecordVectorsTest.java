package dev.waggle.domain.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.CryptoChoice;
import dev.waggle.domain.channel.RecordSealer;
import dev.waggle.domain.channel.SecureChannel;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.handshake.HandshakeVector.SealedRecord;
import dev.waggle.domain.handshake.HandshakeVector.Side;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SecretBytes;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The channel seals the records of the test vectors, before and after ratchets (PROTOCOL §11). */
final class RecordVectorsTest {

  static Stream<CipherSuite> suites() {
    return Suites.registered(CryptoChoice.AUTO).stream();
  }

  @ParameterizedTest
  @MethodSource("suites")
  void channel_sealsTheRecordsOfTheVectors(CipherSuite suite) throws Exception {
    HandshakeVector vector = HandshakeVectors.read(suite.id());

    assertSeals(suite, vector.initiator(), vector.responder());
    assertSeals(suite, vector.responder(), vector.initiator());
  }

  private static void assertSeals(CipherSuite suite, Side sender, Side receiver) {
    try (SecureChannel channel =
        new SecureChannel(
            suite, secret(sender.trafficSecret()), secret(receiver.trafficSecret()))) {
      RecordSealer sealer = channel.sealer();
      long sealed = 0;
      for (SealedRecord expected : sender.records()) {
        for (; sealed < expected.number(); sealed++) {
          seal(sealer, Bytes.wrap(new byte[1]));
        }
        assertThat(seal(sealer, Bytes.ofHex(expected.plaintext())).hex())
            .isEqualTo(expected.frame());
        sealed++;
      }
    }
  }

  private static Bytes seal(RecordSealer sealer, Bytes plaintext) {
    byte[] record = new byte[FrameBounds.HEADER_BYTES + plaintext.length() + FrameBounds.TAG_BYTES];
    plaintext.copyTo(record, FrameBounds.HEADER_BYTES);
    int _ =
        plaintext.length() == 0 ? sealer.sealLast(record) : sealer.seal(record, plaintext.length());
    return Bytes.wrap(record);
  }

  private static SecretBytes secret(String hex) {
    return SecretBytes.wrap(Bytes.ofHex(hex).toArray());
  }
}
