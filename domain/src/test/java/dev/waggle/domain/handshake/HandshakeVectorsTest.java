package dev.waggle.domain.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.CryptoChoice;
import dev.waggle.domain.handshake.HandshakeVectors.Made;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.SecretBytes;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The test vectors of PROTOCOL §11, made anew by both providers and compared byte by byte.
 *
 * <p>A change of the protocol changes them. To write them anew:
 *
 * <pre>
 * ./mvnw -pl domain -am test -Dtest=HandshakeVectorsTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dwaggle.vectors=write
 * </pre>
 */
final class HandshakeVectorsTest {

  @ParameterizedTest(name = "suite {0} by {1}")
  @CsvSource({"1, JDK", "1, BC", "2, JDK", "2, BC", "3, JDK", "3, BC"})
  void handshake_hasTheBytesOfTheVectors(int suiteId, CryptoChoice choice) throws Exception {
    Made made = HandshakeVectors.make(suiteId, choice);
    String text = HandshakeVectors.text(made.vector());

    if (System.getProperty("waggle.vectors", "").equals("write")) {
      Files.createDirectories(HandshakeVectors.file(suiteId).getParent());
      Files.writeString(HandshakeVectors.file(suiteId), text);
    }
    assertThat(Files.readString(HandshakeVectors.file(suiteId))).isEqualTo(text);
    assertThat(HandshakeVectors.read(suiteId)).isEqualTo(made.vector());
  }

  @ParameterizedTest(name = "suite {0}")
  @CsvSource({"1", "2", "3"})
  void trafficSecrets_areWhatTheIndependentImplementationComputes(int suiteId) throws Exception {
    Made made = HandshakeVectors.make(suiteId, CryptoChoice.AUTO);

    HandshakeResult initiator = made.run().initiator();
    assertThat(hex(initiator.sendSecret())).isEqualTo(made.vector().initiator().trafficSecret());
    assertThat(hex(initiator.receiveSecret())).isEqualTo(made.vector().responder().trafficSecret());
  }

  private static String hex(SecretBytes secret) {
    return Bytes.copyOf(secret.borrowArray()).hex();
  }
}
