package dev.waggle.domain.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.CryptoChoice;
import dev.waggle.domain.handshake.Crossings.Crossed;
import dev.waggle.domain.handshake.HandshakeVector.Side;
import dev.waggle.domain.handshake.Handshakes.Run;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.SecretBytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The files of test vectors, and how they are made (PROTOCOL §11). */
final class HandshakeVectors {
  private static final Path FOLDER = Path.of("src", "test", "resources", "vectors");
  private static final String NETWORK = "vectors";
  private static final long AFTER_RATCHET = 1 << 20;
  private static final long ENDS_ITS_KEY = IndependentHandshake.ENDS_ITS_KEY;

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private HandshakeVectors() {}

  /** The file of the suite with that id, whose name is {@code handshake-0001.json} for 0x0001. */
  static Path file(int suiteId) {
    return FOLDER.resolve("handshake-%04x.json".formatted(suiteId));
  }

  /** The file of the handshake of two sides whose Offers crossed. */
  static Path crossingFile() {
    return FOLDER.resolve("crossing-0001.json");
  }

  static HandshakeVector read(int suiteId) throws IOException {
    return read(file(suiteId));
  }

  static HandshakeVector read(Path file) throws IOException {
    return JSON.readValue(Files.readString(file), HandshakeVector.class);
  }

  static String text(HandshakeVector vector) {
    return JSON.writeValueAsString(vector) + "\n";
  }

  /** A node of a vector, and the stream that it draws from. */
  private record Node(String streamName, VectorStream stream, HandshakeSettings settings) {
    static Node of(
        String streamName, List<CipherSuite> suites, List<String> codecs, List<Integer> features) {
      VectorStream stream = new VectorStream(streamName);
      PeerIdentity identity = Handshakes.identity(suites.getFirst().signature(), stream);
      Bytes network = NetworkId.of(NETWORK, Handshakes.SHA256);
      return new Node(
          streamName,
          stream,
          new HandshakeSettings(
              identity, network, suites, codecs, features, Handshakes.SHA256, stream));
    }

    Side side(String role, IndependentHandshake handshake) throws GeneralSecurityException {
      return new Side(
          streamName,
          stream.draws().stream().map(Bytes::hex).toList(),
          settings.suiteIds(),
          settings.codecs(),
          settings.features(),
          settings.identity().keyPair().publicKey().hex(),
          settings.identity().peerId().hex(),
          handshake.proof(role),
          handshake.trafficSecret(role),
          handshake.records(role, 0, 1, AFTER_RATCHET, ENDS_ITS_KEY, ENDS_ITS_KEY + 1));
    }
  }

  /** A vector, and the results of the two sides that it describes. */
  record Made(HandshakeVector vector, Run run) {}

  /** Two nodes and what they are to do. */
  private interface Meeting {
    Crossed of(HandshakeSettings initiator, HandshakeSettings responder);
  }

  /** Performs the handshake of the suite with that id, as {@code choice} computes it. */
  static Made make(int suiteId, CryptoChoice choice) throws GeneralSecurityException {
    return make(
        suiteId,
        choice,
        "",
        (initiator, responder) -> new Crossed(null, Run.of(initiator, responder)));
  }

  /** The same of two sides which have both dialled, and of which the responder yields. */
  static Made makeCrossing(CryptoChoice choice) throws GeneralSecurityException {
    return make(
        1,
        choice,
        " crossing",
        (initiator, responder) ->
            Crossed.of(
                Crossings.crossing(initiator, responder),
                Crossings.crossing(responder, initiator)));
  }

  private static Made make(int suiteId, CryptoChoice choice, String occasion, Meeting meeting)
      throws GeneralSecurityException {
    List<Bytes> kemSecrets = new ArrayList<>();
    List<CipherSuite> suites =
        Suites.registered(choice).stream().map(suite -> recording(suite, kemSecrets)).toList();
    CipherSuite suite = suites.stream().filter(s -> s.id() == suiteId).findFirst().orElseThrow();
    List<CipherSuite> usable = usableWith(suiteId, suites);
    Node initiator = initiator(suite, usable, occasion);
    Node responder = responder(suite, usable, occasion);

    Crossed crossed = meeting.of(initiator.settings(), responder.settings());
    Run run = crossed.run();
    IndependentHandshake handshake =
        new IndependentHandshake(
            suite.hash().algorithm().replace("-", ""),
            suite.signature().publicKeyLength(),
            suite.signature().signatureLength(),
            run.offer().toArray(),
            run.acceptance().toArray(),
            run.confirmation().toArray(),
            kemSecrets.getFirst().toArray());
    return new Made(
        new HandshakeVector(
            suite.hexId(),
            suite.name(),
            NETWORK,
            initiator.settings().networkId().hex(),
            run.initiator().codec(),
            run.initiator().features(),
            initiator.side("initiator", handshake),
            responder.side("responder", handshake),
            run.offer().hex(),
            crossed.lostOffer() == null ? null : crossed.lostOffer().hex(),
            run.acceptance().hex(),
            handshake.acceptanceClear(),
            run.confirmation().hex(),
            kemSecrets.getFirst().hex(),
            suite.kem().algorithm().equals("X-Wing")
                ? xWing(initiator, run, kemSecrets.getFirst())
                : null,
            handshake.masterSecret(),
            handshake.transcript()),
        run);
  }

  /** Of the draws of the initiator, the third to fifth are those of the KEM (PROTOCOL §11). */
  private static HandshakeVector.XWing xWing(Node initiator, Run run, Bytes kemSecret)
      throws GeneralSecurityException {
    List<Bytes> draws = initiator.stream().draws();
    try {
      HandshakeOffer offer = HandshakeOffer.decode(run.offer());
      HandshakeAcceptance acceptance =
          (HandshakeAcceptance) HandshakeAnswer.decode(run.acceptance());
      IndependentXWing xWing =
          IndependentXWing.decapsulate(
              Bytes.ofHex(draws.get(2).hex() + draws.get(3).hex()).toArray(),
              draws.get(4).toArray(),
              offer.kemKey().toArray(),
              acceptance.clear().kemCiphertext().toArray());
      assertThat(xWing.secret()).isEqualTo(kemSecret);
      return xWing.parts();
    } catch (MalformedMessage e) {
      throw new AssertionError(e);
    }
  }

  private static Node initiator(CipherSuite suite, List<CipherSuite> usable, String occasion) {
    return Node.of(
        streamName(suite, occasion, "initiator"),
        withFirst(suite, usable),
        List.of("kryo", "bincode"),
        List.of(0xFF01, 0xFF02));
  }

  private static Node responder(CipherSuite suite, List<CipherSuite> usable, String occasion) {
    return Node.of(
        streamName(suite, occasion, "responder"),
        usable,
        List.of("bincode"),
        List.of(0xFF02, 0xFF03));
  }

  private static String streamName(CipherSuite suite, String occasion, String role) {
    return "waggle/1 vectors " + suite.hexId() + occasion + " " + role;
  }

  /** The initiator of the vector of suite 0x0001, about to draw what the vector says. */
  static HandshakeSettings initiator() {
    List<CipherSuite> usable = usableWith(1, Suites.registered(CryptoChoice.AUTO));
    return initiator(usable.getFirst(), usable, "").settings();
  }

  /** Its responder, likewise. */
  static HandshakeSettings responder() {
    List<CipherSuite> usable = usableWith(1, Suites.registered(CryptoChoice.AUTO));
    return responder(usable.getFirst(), usable, "").settings();
  }

  private static List<CipherSuite> usableWith(int suiteId, List<CipherSuite> suites) {
    CipherSuite suite = suites.stream().filter(s -> s.id() == suiteId).findFirst().orElseThrow();
    return suites.stream()
        .filter(s -> s.signature().algorithm().equals(suite.signature().algorithm()))
        .toList();
  }

  private static List<CipherSuite> withFirst(CipherSuite first, List<CipherSuite> suites) {
    List<CipherSuite> ordered = new ArrayList<>(List.of(first));
    suites.stream().filter(suite -> suite.id() != first.id()).forEach(ordered::add);
    return ordered;
  }

  /** {@code suite}, but it tells what its KEM decapsulates. */
  private static CipherSuite recording(CipherSuite suite, List<Bytes> secrets) {
    return ForwardingKem.in(
        suite,
        new ForwardingKem(suite.kem()) {
          @Override
          public SecretBytes decapsulate(KemKeyPair own, Bytes ciphertext)
              throws InvalidKeyMaterial {
            SecretBytes secret = super.decapsulate(own, ciphertext);
            secrets.add(Bytes.copyOf(secret.borrowArray()));
            return secret;
          }
        });
  }
}
