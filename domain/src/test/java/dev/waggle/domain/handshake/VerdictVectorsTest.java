package dev.waggle.domain.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.handshake.Verdict.Outcome;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.wire.WireMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The verdicts of PROTOCOL §11, asked of a whole session.
 *
 * <p>To write them anew:
 *
 * <pre>
 * ./mvnw -pl domain -am test -Dtest=VerdictVectorsTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dwaggle.vectors=write
 * </pre>
 */
final class VerdictVectorsTest {
  private static final Path FILE = Path.of("src", "test", "resources", "vectors", "verdicts.json");

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Test
  void file_hasTheVerdictsThatAreMadeHere() throws Exception {
    String text = JSON.writeValueAsString(VerdictVectors.all()) + "\n";

    if (System.getProperty("waggle.vectors", "").equals("write")) {
      Files.writeString(FILE, text);
    }
    assertThat(Files.readString(FILE)).isEqualTo(text);
  }

  static Stream<Verdict> verdicts() throws Exception {
    return Stream.of(JSON.readValue(Files.readString(FILE), Verdict[].class));
  }

  @ParameterizedTest
  @MethodSource("verdicts")
  void session_passesTheVerdict(Verdict expected) throws Exception {
    VectorSession session = VectorSession.of(expected.to(), expected.after());

    session.receive(Bytes.ofHex(expected.bytes()));

    assertThat(session.failure() == null).isEqualTo(expected.verdict() == Outcome.GOES_ON);
    assertThat(session.failureKind()).isEqualTo(expected.kind());
    boolean refused = expected.verdict() == Outcome.REFUSES;
    assertThat(refused).isEqualTo(expected.reply() != null);
    if (refused) {
      assertThat(session.takeWritten().hex()).isEqualTo(expected.reply());
    } else if (expected.verdict() == Outcome.CLOSES) {
      assertThat(session.takeWritten().length()).isZero();
    }
    assertThat(session.delivered().stream().map(VerdictVectorsTest::bincode).toList())
        .isEqualTo(expected.delivered() == null ? List.of() : expected.delivered());
  }

  private static String bincode(WireMessage message) {
    WireBytes out = new WireBytes();
    new BincodeCodec().encode(message, out);
    return Bytes.wrap(out.toArray()).hex();
  }

  @Test
  void everyKindThatBytesCanLeadTo_isThere() throws Exception {
    List<HandshakeFailure.Kind> kinds = new ArrayList<>();
    verdicts().map(Verdict::kind).forEach(kinds::add);

    assertThat(kinds)
        .contains(
            HandshakeFailure.Kind.VERSION_MISMATCH,
            HandshakeFailure.Kind.NETWORK_MISMATCH,
            HandshakeFailure.Kind.SUITE_MISMATCH,
            HandshakeFailure.Kind.CODEC_MISMATCH,
            HandshakeFailure.Kind.MALFORMED,
            HandshakeFailure.Kind.UNEXPECTED,
            HandshakeFailure.Kind.FORGED);
  }
}
