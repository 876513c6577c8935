package dev.waggle.domain.punch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.crypto.CipherSuites;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.domain.handshake.NetworkId;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.crypto.SigningKeyPair;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.MalformedMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What two nodes say to each other through a relay, against the bytes of {@code punch.json}
 * (PROTOCOL §11). To write it anew:
 *
 * <pre>
 * ./mvnw -pl domain -am test -Dtest=PunchVectorsTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dwaggle.vectors=write
 * </pre>
 */
final class PunchVectorsTest {
  private static final Path FILE = Path.of("src", "test", "resources", "vectors", "punch.json");
  private static final String NETWORK = "vectors";
  private static final Bytes CALLER_SEED = bytes(0x11);
  private static final Bytes CALLEE_SEED = bytes(0x22);
  private static final long NONCE = 0x0807060504030201L;
  private static final IpEndpoint CALLER_AT = new IpEndpoint(IpAddress.ofIpv4(0xCB007105), 0x2345);
  private static final IpEndpoint CALLEE_AT =
      new IpEndpoint(new IpAddress(0x20010DB800000001L, 2), 0x6789);

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** One message, all bytes in hexadecimal. Signatures are made with {@code rnd} of zeros. */
  record Vector(String name, String seed, String from, String to, String signed, String body) {}

  /** The file. */
  record Vectors(
      String network, String algorithm, List<Vector> messages, List<Malformed> malformed) {}

  /** What is none of these messages, and why. */
  record Malformed(String why, String body) {}

  private static Bytes bytes(int value) {
    byte[] all = new byte[32];
    Arrays.fill(all, (byte) value);
    return Bytes.wrap(all);
  }

  private static HandshakeSettings node(Bytes seed, CryptoChoice choice) throws Exception {
    CipherSuite suite = CipherSuites.create(choice).all().getFirst();
    HashFunction sha256 = suite.hash();
    SigningKeyPair keys;
    try (SecretBytes secret = SecretBytes.wrap(seed.toArray())) {
      keys = suite.signature().fromSeed(secret);
    }
    PeerId id = new PeerId(Bytes.wrap(sha256.hash(keys.publicKey().toArray())));
    RandomSource zeros = target -> Arrays.fill(target, (byte) 0);
    return new HandshakeSettings(
        new PeerIdentity(suite.signature().algorithm(), id, keys),
        NetworkId.of(NETWORK, sha256),
        List.of(suite),
        List.of("bincode"),
        List.of(Feature.HOLE_PUNCHING),
        sha256,
        zeros);
  }

  private static Vectors make(CryptoChoice choice) throws Exception {
    HandshakeSettings caller = node(CALLER_SEED, choice);
    HandshakeSettings callee = node(CALLEE_SEED, choice);
    Terms call = new Terms(NONCE, CALLER_AT, EndpointMapping.INDEPENDENT);
    Terms answer = new Terms(NONCE, CALLEE_AT, EndpointMapping.DEPENDENT);
    Vector callVector = vector("Call", CALLER_SEED, caller, callee, PunchMessage.Tag.CALL, call);
    Vector answerVector =
        vector("Answer", CALLEE_SEED, callee, caller, PunchMessage.Tag.ANSWER, answer);
    String go = PunchMessage.encode(new PunchMessage.Go(NONCE, 2)).hex();
    Vector goVector =
        new Vector(
            "Go", "", caller.identity().peerId().hex(), callee.identity().peerId().hex(), "", go);
    return new Vectors(
        NETWORK,
        caller.identity().algorithm(),
        List.of(callVector, answerVector, goVector),
        List.of(
            new Malformed("no such variant", "03000000" + go.substring(8)),
            new Malformed("no try 0", go.substring(0, go.length() - 2) + "00"),
            new Malformed("no try 4", go.substring(0, go.length() - 2) + "04"),
            new Malformed("a byte is left over", go + "00"),
            new Malformed("a byte is missing", go.substring(0, go.length() - 2)),
            new Malformed("no port 0", callBody("0000", "01", 0, 0)),
            new Malformed("no mapping 3", callBody("0100", "03", 0, 0)),
            new Malformed("a key of 4097 bytes", callBody("0100", "01", 4097, 0)),
            new Malformed("a signature of 6145 bytes", callBody("0100", "01", 0, 6145))));
  }

  /** A Call with this port and mapping, and a key and signature of so many zeros. */
  private static String callBody(String port, String mapping, int keyBytes, int signatureBytes) {
    return "00000000"
        + "0102030405060708"
        + "00000000000000000000ffffcb007105"
        + port
        + mapping
        + zeros(keyBytes)
        + zeros(signatureBytes);
  }

  private static String zeros(int count) {
    return "%02x%02x".formatted(count & 0xFF, count >> 8) + "00".repeat(6 + count);
  }

  private static Vector vector(
      String name,
      Bytes seed,
      HandshakeSettings from,
      HandshakeSettings to,
      PunchMessage.Tag tag,
      Terms terms) {
    PeerId sender = from.identity().peerId();
    PeerId receiver = to.identity().peerId();
    Bytes body = new Statement(sender, receiver, tag, terms).signed(from);
    return new Vector(
        name, seed.hex(), sender.hex(), receiver.hex(), signed(from, to, body), body.hex());
  }

  /** What is signed, put together from PROTOCOL §9.10 and the body alone. */
  private static String signed(HandshakeSettings from, HandshakeSettings to, Bytes body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("waggle/1 punch".getBytes(StandardCharsets.US_ASCII));
    out.write(0);
    out.writeBytes(from.networkId().toArray());
    out.writeBytes(from.identity().peerId().hash().toArray());
    out.writeBytes(to.identity().peerId().hash().toArray());
    out.writeBytes(Arrays.copyOf(body.toArray(), 4 + 8 + 16 + 2 + 1));
    return Bytes.wrap(out.toByteArray()).hex();
  }

  private static Vectors read() throws IOException {
    return JSON.readValue(Files.readString(FILE), Vectors.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = CryptoChoice.class,
      names = {"JDK", "BC"})
  void messages_haveTheBytesOfTheVectors(CryptoChoice choice) throws Exception {
    String text = JSON.writeValueAsString(make(choice)) + "\n";
    if (System.getProperty("waggle.vectors", "").equals("write")) {
      Files.writeString(FILE, text);
    }
    assertThat(Files.readString(FILE)).isEqualTo(text);
  }

  @Test
  void signaturesOfTheVectors_areOverWhatTheySay() throws Exception {
    CipherSuite suite = CipherSuites.create(CryptoChoice.AUTO).all().getFirst();
    for (Vector each : read().messages().subList(0, 2)) {
      PunchMessage.Proof proof =
          switch (PunchMessage.decode(Bytes.ofHex(each.body()))) {
            case PunchMessage.Call call -> call.proof();
            case PunchMessage.Answer answer -> answer.proof();
            case PunchMessage.Go go -> throw new AssertionError(go);
          };
      byte[] signed = Bytes.ofHex(each.signed()).toArray();
      assertThat(suite.signature().verify(proof.publicKey(), signed, proof.signature())).isTrue();
    }
  }

  static Stream<Malformed> malformed() throws IOException {
    return read().malformed().stream();
  }

  @ParameterizedTest
  @MethodSource
  void malformed(Malformed vector) {
    assertThatThrownBy(() -> PunchMessage.decode(Bytes.ofHex(vector.body())))
        .isInstanceOf(MalformedMessage.class);
  }

  @Test
  void longestKeyAndSignature_areNotTooLong() throws Exception {
    String body = callBody("0100", "00", 4096, 0);
    assertThat(PunchMessage.decode(Bytes.ofHex(body))).isInstanceOf(PunchMessage.Call.class);
    body = callBody("ffff", "02", 0, 6144);
    assertThat(PunchMessage.decode(Bytes.ofHex(body))).isInstanceOf(PunchMessage.Call.class);
  }

  @Test
  void signature_holdsForNobodyElse_andForNothingElse() throws Exception {
    HandshakeSettings caller = node(CALLER_SEED, CryptoChoice.AUTO);
    HandshakeSettings callee = node(CALLEE_SEED, CryptoChoice.AUTO);
    PeerId from = caller.identity().peerId();
    PeerId to = callee.identity().peerId();
    Terms terms = new Terms(NONCE, CALLER_AT, EndpointMapping.INDEPENDENT);
    Statement said = new Statement(from, to, PunchMessage.Tag.CALL, terms);
    PunchMessage.Proof proof =
        ((PunchMessage.Call) PunchMessage.decode(said.signed(caller))).proof();
    assertThat(said.isProvedBy(proof, callee)).isTrue();

    List<Statement> others =
        List.of(
            new Statement(to, to, PunchMessage.Tag.CALL, terms),
            new Statement(from, from, PunchMessage.Tag.CALL, terms),
            new Statement(from, to, PunchMessage.Tag.ANSWER, terms),
            new Statement(
                from, to, PunchMessage.Tag.CALL, new Terms(8, CALLER_AT, terms.mapping())),
            new Statement(
                from, to, PunchMessage.Tag.CALL, new Terms(NONCE, CALLEE_AT, terms.mapping())),
            new Statement(
                from,
                to,
                PunchMessage.Tag.CALL,
                new Terms(NONCE, CALLER_AT, EndpointMapping.UNKNOWN)));
    for (Statement other : others) {
      assertThat(other.isProvedBy(proof, callee)).as(other.toString()).isFalse();
    }
    PunchMessage.Proof otherKey =
        new PunchMessage.Proof(callee.identity().keyPair().publicKey(), proof.signature());
    assertThat(said.isProvedBy(otherKey, callee)).isFalse();
  }
}
