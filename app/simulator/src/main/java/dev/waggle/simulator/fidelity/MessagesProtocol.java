package dev.waggle.simulator.fidelity;

import dev.waggle.domain.handshake.VerifiedPeer;
import dev.waggle.domain.session.SessionSettings;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What all {@link MessagesChannel}s of a run have in common. Owned by one thread. */
final class MessagesProtocol {
  private final SessionSettings settings;
  private final BiFunction<List<Integer>, List<Integer>, HandshakeScript> recorder;
  private final Map<Pair, HandshakeScript> scripts = new HashMap<>();
  private final WireCodec codec;
  private final Function<GossipMessage, MessageId> ids;
  private @Nullable Parcel last;

  /** What two sides have of features. */
  private record Pair(List<Integer> initiator, List<Integer> responder) {}

  /**
   * A protocol.
   *
   * @param settings whose timeouts and codec count
   * @param recorder how a handshake goes between two sides with these features
   */
  MessagesProtocol(
      SessionSettings settings,
      BiFunction<List<Integer>, List<Integer>, HandshakeScript> recorder,
      Function<GossipMessage, MessageId> ids) {
    this.settings = settings;
    this.recorder = recorder;
    this.codec = settings.codecs().getFirst();
    this.ids = ids;
  }

  SessionSettings settings() {
    return settings;
  }

  /** How a handshake goes; the features in force are those that both sides have. */
  HandshakeScript script(List<Integer> initiator, List<Integer> responder) {
    return scripts.computeIfAbsent(
        new Pair(initiator, responder), _ -> recorder.apply(initiator, responder));
  }

  CipherSuite suite() {
    return settings.handshake().suites().getFirst();
  }

  WireCodec codec() {
    return codec;
  }

  /** A message ready to be sent; what goes to many peers at once is made ready once. */
  @SuppressWarnings("ReferenceEquality") // The same object: another one is not worth comparing.
  Parcel parcel(WireMessage message) {
    Parcel known = last;
    if (known != null && known.message() == message) {
      return known;
    }
    int length = codec.encodedLength(message);
    int payload = payloadBytes(message);
    List<Integer> items = items(message);
    int behind = payload;
    for (int item : items) {
      behind += Parcel.ITEM_HEAD_BYTES + item;
    }
    MessageId id = message instanceof WireMessage.Gossip(var carried) ? ids.apply(carried) : null;
    Parcel fresh = new Parcel(message, id, bytesOfLength(length) + length - behind, payload, items);
    last = fresh;
    return fresh;
  }

  private static int payloadBytes(WireMessage message) {
    return switch (message) {
      case WireMessage.Gossip(GossipMessage carried) -> carried.payload().length();
      case WireMessage.Extension extension -> extension.body().length();
      case WireMessage.DialRequest request -> request.payment().length();
      case WireMessage.Relayed relayed -> relayed.body().length();
      case WireMessage.Announce _,
          WireMessage.Request _,
          WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.Compact _,
          WireMessage.Outline _,
          WireMessage.Items _,
          WireMessage.RequestCompact _,
          WireMessage.RequestItems _,
          WireMessage.SendCompact _,
          WireMessage.Preamble _,
          WireMessage.IDontWant _,
          WireMessage.GetHeaders _,
          WireMessage.Headers _,
          WireMessage.DialBack _,
          WireMessage.DialResponse _,
          WireMessage.Meet _,
          WireMessage.Goodbye _ ->
          0;
    };
  }

  private static List<Integer> items(WireMessage message) {
    List<IndexedItem> items =
        message instanceof WireMessage.Items some
            ? some.items()
            : message instanceof WireMessage.Compact compact ? compact.prefilled() : List.of();
    return items.stream().map(item -> item.payload().length()).toList();
  }

  /** How many bytes of LEB128 announce a message (PROTOCOL §7.1). */
  private static int bytesOfLength(int length) {
    return Math.ceilDiv(Integer.SIZE - Integer.numberOfLeadingZeros(length), 7);
  }

  /**
   * One side of a connection.
   *
   * @param self who this side is, as others have verified it
   * @param features that this side has
   * @param pinned who must answer, or null if anyone may
   */
  Channel channel(
      boolean responds,
      VerifiedPeer self,
      List<Integer> features,
      @Nullable PeerId pinned,
      ChannelOutput out,
      long nowNanos) {
    return new MessagesChannel(this, responds, self, features, pinned, out, nowNanos);
  }
}
