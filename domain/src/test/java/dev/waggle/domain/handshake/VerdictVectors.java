package dev.waggle.domain.handshake;

import static dev.waggle.domain.handshake.HandshakeFailure.Kind.CODEC_MISMATCH;
import static dev.waggle.domain.handshake.HandshakeFailure.Kind.FORGED;
import static dev.waggle.domain.handshake.HandshakeFailure.Kind.MALFORMED;
import static dev.waggle.domain.handshake.HandshakeFailure.Kind.NETWORK_MISMATCH;
import static dev.waggle.domain.handshake.HandshakeFailure.Kind.SELF;
import static dev.waggle.domain.handshake.HandshakeFailure.Kind.SUITE_MISMATCH;
import static dev.waggle.domain.handshake.HandshakeFailure.Kind.UNEXPECTED;
import static dev.waggle.domain.handshake.HandshakeFailure.Kind.VERSION_MISMATCH;

import dev.waggle.domain.handshake.HandshakeFailure.Kind;
import dev.waggle.domain.handshake.Verdict.Outcome;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MalformedMessage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What the verdicts of {@code verdicts.json} are passed on (PROTOCOL §11). */
final class VerdictVectors {
  private static final String INITIATOR = "initiator";
  private static final String RESPONDER = "responder";
  private static final String CROSSING = "crossing";
  private static final String NOTHING = "nothing";
  private static final String OFFER = "offer";
  private static final String HANDSHAKE = "handshake";
  private static final String PING = "000000000807060504030201";
  private static final String IN_FORCE = "08000000" + "02ff" + "0100000000000000" + "aa";
  private static final String NOT_IN_FORCE = "08000000" + "01ff" + "0100000000000000" + "aa";

  /** Of the responder of the vector: version 1, suites 0x0001 and 0x0003. */
  private static final String REFUSAL_LISTS =
      "0100000000000000" + "0100" + "0200000000000000" + "0100" + "0300";

  private final HandshakeVector vector;
  private final HandshakeOffer offer;
  private final HandshakeAcceptance acceptance;
  private final List<Verdict> verdicts = new ArrayList<>();

  private VerdictVectors() throws IOException, MalformedMessage {
    vector = HandshakeVectors.read(1);
    offer = HandshakeOffer.decode(Bytes.ofHex(vector.offer()));
    acceptance = (HandshakeAcceptance) HandshakeAnswer.decode(Bytes.ofHex(vector.acceptance()));
  }

  static List<Verdict> all() throws IOException, MalformedMessage {
    VerdictVectors made = new VerdictVectors();
    made.offers();
    made.answers();
    made.crossings();
    made.confirmations();
    made.records();
    made.streams();
    return made.verdicts;
  }

  private void offers() {
    goesOn("the Offer of the vector", RESPONDER, NOTHING, frame(vector.offer()));
    goesOn(
        "an Offer with versions, suites, codecs and features that nobody knows",
        RESPONDER,
        NOTHING,
        frame(
            edited(
                e -> {
                  e.versions = List.of(2, 1);
                  e.suites = List.of(0xFF77, 1);
                  e.codecs = List.of("morse", "bincode");
                  e.features = List.of(5, 0xFF02, 0xFFFF);
                })));
    refuses("an Offer in version 2", VERSION_MISMATCH, 0, "0200" + "ab");
    refuses(
        "an Offer to another network",
        NETWORK_MISMATCH,
        1,
        edited(e -> e.network = Bytes.ofHex("00".repeat(32))));
    refuses(
        "an Offer with no suite in common",
        SUITE_MISMATCH,
        2,
        edited(
            e -> {
              e.suites = List.of(2);
              e.keySuite = 2;
            }));
    refuses(
        "an Offer whose key is not for the first suite in common",
        SUITE_MISMATCH,
        2,
        edited(e -> e.suites = List.of(3, 1)));
    closesOffer(
        "an Offer with no codec in common",
        CODEC_MISMATCH,
        edited(e -> e.codecs = List.of("morse")));
    malformedOffer("an Offer without its own version", edited(e -> e.versions = List.of(2)));
    malformedOffer("a version that stands twice", edited(e -> e.versions = List.of(1, 1)));
    malformedOffer("the version 0", edited(e -> e.versions = List.of(1, 0)));
    malformedOffer("no version", edited(e -> e.versions = List.of()));
    malformedOffer("nine versions", edited(e -> e.versions = ids(9)));
    malformedOffer("no suite", edited(e -> e.suites = List.of()));
    malformedOffer("seventeen suites", edited(e -> e.suites = ids(17)));
    malformedOffer("the suite 0", edited(e -> e.suites = List.of(1, 0)));
    malformedOffer("a suite that stands twice", edited(e -> e.suites = List.of(1, 1)));
    malformedOffer("a key for a suite that is not listed", edited(e -> e.suites = List.of(3)));
    malformedOffer("no codec", edited(e -> e.codecs = List.of()));
    malformedOffer(
        "nine codecs", edited(e -> e.codecs = ids(9).stream().map(i -> "codec-" + i).toList()));
    malformedOffer("a codec without a name", edited(e -> e.codecs = List.of("bincode", "")));
    malformedOffer("a codec in capitals", edited(e -> e.codecs = List.of("bincode", "KRYO")));
    malformedOffer(
        "a name of 33 characters", edited(e -> e.codecs = List.of("bincode", "x".repeat(33))));
    malformedOffer("features that descend", edited(e -> e.features = List.of(2, 1)));
    malformedOffer("a feature that stands twice", edited(e -> e.features = List.of(1, 1)));
    malformedOffer("the feature 0", edited(e -> e.features = List.of(0)));
    malformedOffer("thirty-three features", edited(e -> e.features = ids(33)));
    malformedOffer("a key that is a byte short", edited(e -> e.key = cut(e.key)));
    malformedOffer(
        "a key with coefficients beyond the modulus",
        edited(e -> e.key = Bytes.ofHex("ff".repeat(1152) + e.key.hex().substring(2304))));
    malformedOffer("an Offer that is a byte short", cut(vector.offer()));
    malformedOffer("an Offer with a byte behind it", vector.offer() + "00");
    closes("a frame without a body", RESPONDER, NOTHING, "00000000", null);
    closes("a frame of 16,385 bytes", RESPONDER, NOTHING, "00004001", null);
  }

  private void answers() {
    goesOn("the Acceptance of the vector", INITIATOR, NOTHING, frame(vector.acceptance()));
    answer("a Refusal of the version", VERSION_MISMATCH, refusal(0));
    answer("a Refusal of the network", NETWORK_MISMATCH, refusal(1));
    answer("a Refusal of the suite", SUITE_MISMATCH, refusal(2));
    answer("a Refusal with an unknown code", MALFORMED, refusal(3));
    answer("a Refusal with a byte behind it", MALFORMED, refusal(2) + "00");
    answer(
        "a Refusal without versions",
        MALFORMED,
        "01000000" + "02000000" + "0000000000000000" + "0100000000000000" + "0100");
    answer(
        "a Refusal without suites",
        MALFORMED,
        "01000000" + "02000000" + "0100000000000000" + "0100" + "0000000000000000");
    answer("an answer with the tag 2", MALFORMED, "02000000");
    answer("an Acceptance that is a byte short", MALFORMED, cut(vector.acceptance()));
    answer("an Acceptance with a byte behind it", MALFORMED, vector.acceptance() + "00");
    answer("a suite that the key is not for", UNEXPECTED, accepted(3, "bincode", 0xFF02));
    answer("a codec that was not offered", UNEXPECTED, accepted(1, "morse", 0xFF02));
    answer("a feature that was not offered", UNEXPECTED, accepted(1, "bincode", 0xFF02, 0xFF03));
    answer("features of an answer that descend", MALFORMED, accepted(1, "bincode", 0xFF02, 0xFF01));
    answer("another codec than the responder chose", FORGED, accepted(1, "kryo", 0xFF02));
    answer("a feature fewer than the responder chose", FORGED, accepted(1, "bincode"));
    answer(
        "a feature more than the responder chose", FORGED, accepted(1, "bincode", 0xFF01, 0xFF02));
    answer("a changed random string", FORGED, flipped(vector.acceptance(), acceptanceRandomAt()));
    answer(
        "a changed KEM ciphertext",
        FORGED,
        flipped(vector.acceptance(), vector.acceptanceClear().length() / 2 - 1));
    answer(
        "a changed proof",
        FORGED,
        flipped(vector.acceptance(), vector.acceptance().length() / 2 - 1));
    HandshakeAcceptance shorter =
        new HandshakeAcceptance(acceptance.clear(), cut(acceptance.sealedProof()));
    answer("a proof that is a byte short", MALFORMED, shorter.encode().hex());
  }

  private void crossings() {
    String lesser = edited(e -> e.random = Bytes.ofHex(Crossings.LEAST));
    String greater = edited(e -> e.random = Bytes.ofHex(Crossings.GREATEST));
    goesOn(
        "the Acceptance, where Offers could cross", CROSSING, NOTHING, frame(vector.acceptance()));
    goesOn("an Offer that loses", CROSSING, NOTHING, frame(lesser));
    goesOn(
        "an Offer that loses, and the Acceptance behind it",
        CROSSING,
        NOTHING,
        frame(lesser) + frame(vector.acceptance()));
    String elsewhere =
        edited(
            e -> {
              e.network = Bytes.ofHex("00".repeat(32));
              e.suites = List.of(2);
              e.keySuite = 2;
              e.random = Bytes.ofHex(Crossings.LEAST);
            });
    goesOn(
        "an Offer that loses, to another network, and the Acceptance",
        CROSSING,
        NOTHING,
        frame(elsewhere) + frame(vector.acceptance()));
    goesOn("an Offer that wins", CROSSING, NOTHING, frame(greater));
    crossing("the own Offer", SELF, frame(vector.offer()));
    crossing("two Offers that lose", MALFORMED, frame(lesser) + frame(lesser));
    crossing("an Offer that loses, with a byte behind it", MALFORMED, frame(lesser + "00"));
    crossing("an Offer that wins, a byte short", MALFORMED, frame(cut(greater)));
    crossing(
        "an Offer that loses, and an Acceptance with a changed proof",
        FORGED,
        frame(lesser) + frame(flipped(vector.acceptance(), vector.acceptance().length() / 2 - 1)));
    crossing("a Refusal, where Offers could cross", SUITE_MISMATCH, frame(refusal(2)));
    crossing(
        "an Offer that loses, and a Refusal", SUITE_MISMATCH, frame(lesser) + frame(refusal(2)));
    refusesCrossing(
        "an Offer in version 2, which could win or lose", VERSION_MISMATCH, 0, "0200" + "ab");
    refusesCrossing(
        "an Offer that wins, to another network",
        NETWORK_MISMATCH,
        1,
        edited(
            e -> {
              e.network = Bytes.ofHex("00".repeat(32));
              e.random = Bytes.ofHex(Crossings.GREATEST);
            }));
    answer("an Offer where nothing can cross", MALFORMED, lesser);
  }

  private void crossing(String name, Kind kind, String frames) {
    closes(name, CROSSING, NOTHING, frames, kind);
  }

  private void refusesCrossing(String name, Kind kind, int code, String offerBody) {
    // The suites of the initiator of the vector are in the same order.
    add(name, CROSSING, NOTHING, frame(offerBody), Outcome.REFUSES, kind, frame(refusal(code)));
  }

  private void confirmations() {
    String confirmation = vector.confirmation();
    goesOn("the Confirmation of the vector", RESPONDER, OFFER, frame(confirmation));
    confirmation("a Confirmation that is a byte short", MALFORMED, cut(confirmation));
    confirmation("a Confirmation with a byte behind it", MALFORMED, confirmation + "00");
    confirmation(
        "a changed Confirmation", FORGED, flipped(confirmation, confirmation.length() / 2 - 1));
    confirmation(
        "the responder's own proof",
        FORGED,
        new HandshakeConfirmation(acceptance.sealedProof()).encode().hex());
    confirmation("an Offer where the Confirmation is due", MALFORMED, vector.offer());
  }

  private void records() {
    String ping = message(PING);
    delivered("a record with a message", forge().seal(bytes(ping)).hex(), PING);
    RecordForge two = forge();
    delivered(
        "a message in two records",
        two.seal(bytes(ping.substring(0, 10))).hex() + two.seal(bytes(ping.substring(10))).hex(),
        PING);
    delivered("a part of a message", forge().seal(bytes(ping.substring(0, 10))).hex());
    String first = forge().seal(bytes(ping)).hex();
    closesRecords("a record that comes again", first + first, PING);
    closesRecords("the second record before the first", forge().skip().seal(bytes(ping)).hex());
    closesRecords(
        "a record of the other direction",
        new RecordForge(Bytes.ofHex(vector.responder().trafficSecret())).seal(bytes(ping)).hex());
    closesRecords("a changed ciphertext", flipped(first, 4));
    closesRecords("a changed tag", flipped(first, first.length() / 2 - 1));
    closesRecords("a record that is a byte short", "%08x".formatted(28) + cut(first).substring(8));
    closesRecords("a frame of 15 bytes", "0000000f");
    closesRecords("a frame of 65,617 bytes", "00010051");
    closesRecords("an empty record as the first", forge().seal(Bytes.EMPTY).hex());
    RecordForge ending = forge();
    StringBuilder ended = new StringBuilder();
    IntStream.range(0, 64).forEach(_ -> ended.append(ending.seal(bytes(ping)).hex()));
    ended.append(ending.seal(Bytes.EMPTY).hex());
    ending.ratchet();
    ended.append(ending.seal(bytes(ping)).hex());
    delivered(
        "64 records, an empty one, and one under the next key",
        ended.toString(),
        IntStream.range(0, 65).mapToObj(_ -> PING).toArray(String[]::new));
    closesRecords(
        "after an empty record one under the same key",
        forgeEnded() + forgeAfter(65).seal(bytes(ping)).hex(),
        IntStream.range(0, 64).mapToObj(_ -> PING).toArray(String[]::new));
  }

  private String forgeEnded() {
    RecordForge forge = forge();
    StringBuilder ended = new StringBuilder();
    IntStream.range(0, 64).forEach(_ -> ended.append(forge.seal(bytes(message(PING))).hex()));
    return ended.append(forge.seal(Bytes.EMPTY).hex()).toString();
  }

  private RecordForge forgeAfter(int records) {
    RecordForge forge = forge();
    IntStream.range(0, records).forEach(_ -> forge.skip());
    return forge;
  }

  private void streams() {
    stream("two messages in a record", Outcome.GOES_ON, message(PING) + message(PING), PING, PING);
    stream("an Extension that is in force", Outcome.GOES_ON, message(IN_FORCE), IN_FORCE);
    stream(
        "an Extension that is not in force, behind a message",
        Outcome.CLOSES,
        message(PING) + message(NOT_IN_FORCE) + message(PING),
        PING);
    malformedStream("a message of 0 bytes", "00");
    malformedStream("a length in more bytes than it needs", "8c00" + PING);
    malformedStream("a length of 8 MiB and a byte", "81808004");
    malformedStream("a length whose fourth byte says that another follows", "80808080");
    malformedStream("an unknown tag", message("0a000000"));
    malformedStream("a byte behind a Ping", message(PING + "00"));
    malformedStream("a Ping that is a byte short", message(cut(PING)));
    malformedStream("a gossip message with the tag 3", message("02000000" + "03000000" + count(0)));
    malformedStream("a payload that is not there", message("02000000" + "01000000" + count(4)));
    malformedStream("1025 ids", message("03000000" + count(1025) + "00".repeat(32 * 1025)));
    malformedStream("ids that are not there", message("04000000" + count(1024)));
    malformedStream("a length that no int can hold", message("04000000" + "ff".repeat(8)));
    addressStreams();
    malformedStream("an unknown reason", message("07000000" + "07000000"));
    malformedStream("an Extension of the feature 0", message("08000000" + "0000" + count(0)));
    malformedStream(
        "an Extension of 32,769 bytes",
        message("08000000" + "02ff" + count(32_769) + "00".repeat(32_769)));
  }

  private void addressStreams() {
    String about = "0a000000" + "0100000000000000";
    String ip = "00000000000000000000ffffc0000207";
    String record = about + ip + "2823";
    String addr = "06000000";
    String list = addr + count(1) + record;
    String observed = "09000000" + ip + "2823";
    stream(
        "an Addr and an Observed",
        Outcome.GOES_ON,
        message(list) + message(observed),
        list,
        observed);
    malformedStream("1001 addresses", message(addr + count(1001) + record.repeat(1001)));
    malformedStream("addresses that are not there", message(addr + count(1000) + record));
    malformedStream("2^63 addresses", message(addr + "0000000000000080" + record));
    malformedStream("an address that is a byte short", message(cut(list)));
    malformedStream("an address with the port 0", message(addr + count(1) + about + ip + "0000"));
    malformedStream(
        "an age of 2^31 s", message(addr + count(1) + "00000080" + record.substring(8)));
    malformedStream("an Observed with the port 0", message("09000000" + ip + "0000"));
  }

  private static String count(int count) {
    return "%02x%02x%02x00".formatted(count & 0xFF, (count >> 8) & 0xFF, count >> 16) + "00000000";
  }

  private static List<Integer> ids(int count) {
    return IntStream.rangeClosed(1, count).boxed().toList();
  }

  private RecordForge forge() {
    return new RecordForge(Bytes.ofHex(vector.initiator().trafficSecret()));
  }

  private static Bytes bytes(String hex) {
    return Bytes.ofHex(hex);
  }

  /** A message in the message stream (PROTOCOL §7.1). */
  private static String message(String body) {
    StringBuilder length = new StringBuilder();
    int left = body.length() / 2;
    for (; left >= 0x80; left >>>= 7) {
      length.append("%02x".formatted((left & 0x7F) | 0x80));
    }
    return length.append("%02x".formatted(left)) + body;
  }

  private static String refusal(int code) {
    return "01000000" + "%02x000000".formatted(code) + REFUSAL_LISTS;
  }

  private String accepted(int suite, String codec, Integer... features) {
    HandshakeAcceptance.Clear clear = acceptance.clear();
    return new HandshakeAcceptance(
            new HandshakeAcceptance.Clear(
                suite, codec, List.of(features), clear.random(), clear.kemCiphertext()),
            acceptance.sealedProof())
        .encode()
        .hex();
  }

  private int acceptanceRandomAt() {
    return vector.acceptanceClear().indexOf(acceptance.clear().random().hex()) / 2;
  }

  /** The fields of the vector's Offer, to be changed. */
  private static final class Edit {
    private List<Integer> versions;
    private Bytes network;
    private List<Integer> suites;
    private List<String> codecs;
    private List<Integer> features;
    private Bytes random;
    private int keySuite;
    private Bytes key;

    private Edit(HandshakeOffer offer) {
      versions = offer.versions();
      network = offer.networkId();
      suites = offer.suites();
      codecs = offer.codecs();
      features = offer.features();
      random = offer.random();
      keySuite = offer.keySuite();
      key = offer.kemKey();
    }
  }

  private String edited(Consumer<Edit> change) {
    Edit edit = new Edit(offer);
    change.accept(edit);
    return new HandshakeOffer(
            edit.versions,
            edit.network,
            edit.suites,
            edit.codecs,
            edit.features,
            edit.random,
            edit.keySuite,
            edit.key)
        .encode()
        .hex();
  }

  private static String frame(String body) {
    return VectorSession.frame(body).hex();
  }

  private static String cut(String hex) {
    return hex.substring(0, hex.length() - 2);
  }

  private static Bytes cut(Bytes bytes) {
    return Bytes.copyOf(bytes.toArray(), 0, bytes.length() - 1);
  }

  private static String flipped(String hex, int at) {
    return Handshakes.flipped(Bytes.ofHex(hex), at).hex();
  }

  private void goesOn(String name, String to, String after, String bytes) {
    add(name, to, after, bytes, Outcome.GOES_ON, null, null);
  }

  private void refuses(String name, Kind kind, int code, String offerBody) {
    String reply = frame(refusal(code));
    add(name, RESPONDER, NOTHING, frame(offerBody), Outcome.REFUSES, kind, reply);
  }

  private void malformedOffer(String name, String body) {
    closesOffer(name, MALFORMED, body);
  }

  private void closesOffer(String name, Kind kind, String body) {
    closes(name, RESPONDER, NOTHING, frame(body), kind);
  }

  private void answer(String name, Kind kind, String body) {
    closes(name, INITIATOR, NOTHING, frame(body), kind);
  }

  private void confirmation(String name, Kind kind, String body) {
    closes(name, RESPONDER, OFFER, frame(body), kind);
  }

  private void delivered(String name, String bytes, String... messages) {
    add(name, RESPONDER, HANDSHAKE, bytes, Outcome.GOES_ON, null, null, messages);
  }

  private void closesRecords(String name, String bytes, String... messages) {
    add(name, RESPONDER, HANDSHAKE, bytes, Outcome.CLOSES, null, null, messages);
  }

  private void malformedStream(String name, String plaintext) {
    stream(name, Outcome.CLOSES, plaintext);
  }

  private void stream(String name, Outcome outcome, String plaintext, String... messages) {
    String bytes = forge().seal(bytes(plaintext)).hex();
    add(name, RESPONDER, HANDSHAKE, bytes, outcome, null, null, messages);
  }

  private void closes(String name, String to, String after, String bytes, @Nullable Kind kind) {
    add(name, to, after, bytes, Outcome.CLOSES, kind, null);
  }

  private void add(
      String name,
      String to,
      String after,
      String bytes,
      Outcome outcome,
      @Nullable Kind kind,
      @Nullable String reply,
      String... messages) {
    verdicts.add(new Verdict(name, to, after, bytes, outcome, kind, reply, List.of(messages)));
  }
}
