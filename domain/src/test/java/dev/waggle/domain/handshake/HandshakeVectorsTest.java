package dev.waggle.domain.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.CryptoChoice;
import dev.waggle.domain.handshake.HandshakeVectors.Made;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.SecretBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

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
    assertIsIn(HandshakeVectors.file(suiteId), HandshakeVectors.make(suiteId, choice));
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK", "BC"})
  void crossing_hasTheBytesOfTheVector(CryptoChoice choice) throws Exception {
    assertIsIn(HandshakeVectors.crossingFile(), HandshakeVectors.makeCrossing(choice));
  }

  private static void assertIsIn(Path file, Made made) throws IOException {
    String text = HandshakeVectors.text(made.vector());
    if (System.getProperty("waggle.vectors", "").equals("write")) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
    assertThat(Files.readString(file)).isEqualTo(text);
    assertThat(HandshakeVectors.read(file)).isEqualTo(made.vector());
  }

  @ParameterizedTest(name = "suite {0}")
  @CsvSource({"1", "2", "3"})
  void trafficSecrets_areWhatTheIndependentImplementationComputes(int suiteId) throws Exception {
    assertSecretsAreThoseOfTheVector(HandshakeVectors.make(suiteId, CryptoChoice.AUTO));
  }

  /** Which knows of nothing but the Offer that has won. */
  @Test
  void trafficSecretsOfACrossing_areWhatTheIndependentImplementationComputes() throws Exception {
    Made made = HandshakeVectors.makeCrossing(CryptoChoice.AUTO);

    assertThat(made.vector().lostOffer()).isNotNull();
    assertSecretsAreThoseOfTheVector(made);
    assertThat(made.run().responder().role()).isEqualTo(Role.RESPONDER);
  }

  private static void assertSecretsAreThoseOfTheVector(Made made) {
    HandshakeResult initiator = made.run().initiator();
    assertThat(hex(initiator.sendSecret())).isEqualTo(made.vector().initiator().trafficSecret());
    assertThat(hex(initiator.receiveSecret())).isEqualTo(made.vector().responder().trafficSecret());
  }

  private static String hex(SecretBytes secret) {
    return Bytes.copyOf(secret.borrowArray()).hex();
  }
}
