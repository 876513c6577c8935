package dev.waggle.kryo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.testkit.wire.WireBytes;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.DialOutcome;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.ItemRange;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.ShortIds;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The vectors of messages in both codecs (PROTOCOL §11). They are written by hand, from the
 * specification: the codecs have to agree with them, not the other way round.
 */
final class MessageVectorsTest {
  private static final Path FILE =
      Path.of("..", "..", "domain", "src", "test", "resources", "vectors", "messages.json");

  private static final Map<String, WireCodec> CODECS =
      Map.of("bincode", new BincodeCodec(), "kryo", new KryoCodec());

  static Stream<JsonNode> messages() {
    return JsonMapper.shared().readTree(FILE.toFile()).get("messages").valueStream();
  }

  static Stream<JsonNode> malformed() {
    return JsonMapper.shared().readTree(FILE.toFile()).get("malformed").valueStream();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void message_hasTheseBytesInEachCodec(JsonNode vector) throws MalformedMessage {
    WireMessage message = message(vector.get("message"));
    for (Map.Entry<String, WireCodec> codec : CODECS.entrySet()) {
      String body = vector.get(codec.getKey()).asString();

      assertThat(encode(codec.getValue(), message)).isEqualTo(body);
      assertThat(decode(codec.getValue(), body)).isEqualTo(message);
    }
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void malformedBody_isRefused(JsonNode vector) {
    WireCodec codec = CODECS.get(vector.get("codec").asString());

    assertThatExceptionOfType(MalformedMessage.class)
        .isThrownBy(() -> decode(codec, vector.get("body").asString()));
  }

  @Test
  void everyMessageThereIs_hasAVector() {
    Set<String> types =
        messages()
            .map(vector -> vector.get("message").get("type").asString())
            .collect(Collectors.toSet());

    assertThat(types)
        .isEqualTo(
            Stream.of(WireMessage.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toSet()));
  }

  private static WireMessage message(JsonNode fields) {
    return switch (fields.get("type").asString()) {
      case "Ping" -> new WireMessage.Ping(nonce(fields));
      case "Pong" -> new WireMessage.Pong(nonce(fields));
      case "Gossip" ->
          new WireMessage.Gossip(
              GossipMessage.Kind.valueOf(fields.get("kind").asString().toUpperCase(Locale.ROOT))
                  .of(bytes(fields.get("payload"))));
      case "Announce" -> new WireMessage.Announce(ids(fields.get("ids")));
      case "Request" -> new WireMessage.Request(ids(fields.get("ids")));
      case "GetAddr" -> new WireMessage.GetAddr();
      case "Addr" -> new WireMessage.Addr(addresses(fields));
      case "Observed" -> new WireMessage.Observed(endpoint(fields));
      case "Goodbye" ->
          new WireMessage.Goodbye(GoodbyeReason.valueOf(fields.get("reason").asString()));
      case "Extension" ->
          new WireMessage.Extension(fields.get("feature").asInt(), bytes(fields.get("body")));
      case "Compact" ->
          new WireMessage.Compact(
              bytes(fields.get("header")),
              bytes(fields.get("proof")),
              nonce(fields),
              shortIds(fields),
              items(fields.get("prefilled")));
      case "Outline" ->
          new WireMessage.Outline(
              bytes(fields.get("header")), bytes(fields.get("proof")), ids(fields.get("ids")));
      case "RequestCompact" -> new WireMessage.RequestCompact(ids(fields.get("ids")));
      case "RequestItems" -> new WireMessage.RequestItems(id(fields.get("block")), ranges(fields));
      case "Items" -> new WireMessage.Items(id(fields.get("block")), items(fields.get("items")));
      case "SendCompact" -> new WireMessage.SendCompact(fields.get("rank").asInt());
      case "Preamble" ->
          new WireMessage.Preamble(id(fields.get("id")), fields.get("bytes").asInt());
      case "IDontWant" -> new WireMessage.IDontWant(ids(fields.get("ids")));
      case "GetHeaders" ->
          new WireMessage.GetHeaders(ids(fields.get("locator")), fields.get("count").asInt());
      case "Headers" ->
          new WireMessage.Headers(
              id(fields.get("after")),
              fields.get("further").asLong(),
              fields.get("headers").valueStream().map(MessageVectorsTest::bytes).toList());
      case "DialRequest" ->
          new WireMessage.DialRequest(
              endpoint(fields), nonce(fields), bytes(fields.get("payment")));
      case "DialBack" -> new WireMessage.DialBack(nonce(fields));
      case "DialResponse" ->
          new WireMessage.DialResponse(
              nonce(fields), DialOutcome.valueOf(fields.get("outcome").asString()));
      case "Meet" ->
          new WireMessage.Meet(
              fields
                  .get("peers")
                  .valueStream()
                  .map(peer -> PeerId.ofHex(peer.asString()))
                  .toList());
      case "Relayed" ->
          new WireMessage.Relayed(
              PeerId.ofHex(fields.get("peer").asString()), bytes(fields.get("body")));
      default -> throw new AssertionError("no message is a " + fields.get("type"));
    };
  }

  private static long nonce(JsonNode fields) {
    return Long.parseUnsignedLong(fields.get("nonce").asString(), 16);
  }

  private static Bytes bytes(JsonNode hex) {
    return Bytes.ofHex(hex.asString());
  }

  private static List<MessageId> ids(JsonNode list) {
    return list.valueStream().map(MessageVectorsTest::id).toList();
  }

  private static MessageId id(JsonNode hex) {
    return MessageId.ofHex(hex.asString());
  }

  private static ShortIds shortIds(JsonNode fields) {
    return ShortIds.wrap(
        fields
            .get("shortIds")
            .valueStream()
            .mapToLong(id -> Long.parseLong(id.asString(), 16))
            .toArray());
  }

  private static List<IndexedItem> items(JsonNode items) {
    return items
        .valueStream()
        .map(item -> new IndexedItem(item.get("index").asInt(), bytes(item.get("payload"))))
        .toList();
  }

  private static List<ItemRange> ranges(JsonNode fields) {
    return fields
        .get("ranges")
        .valueStream()
        .map(range -> new ItemRange(range.get("first").asInt(), range.get("count").asInt()))
        .toList();
  }

  private static List<AddressRecord> addresses(JsonNode fields) {
    return fields
        .get("addresses")
        .valueStream()
        .map(
            record ->
                new AddressRecord(
                    endpoint(record),
                    record.get("age").asInt(),
                    Long.parseUnsignedLong(record.get("services").asString(), 16)))
        .toList();
  }

  private static IpEndpoint endpoint(JsonNode fields) {
    Endpoint endpoint = new Endpoint(fields.get("ip").asString(), fields.get("port").asInt());
    return Objects.requireNonNull(IpEndpoint.of(endpoint));
  }

  private static String encode(WireCodec codec, WireMessage message) {
    WireBytes out = new WireBytes();
    codec.encode(message, out);
    return Bytes.wrap(out.toArray()).hex();
  }

  private static WireMessage decode(WireCodec codec, String body) throws MalformedMessage {
    return codec.decode(WireSlice.of(Bytes.ofHex(body).toArray()));
  }
}
