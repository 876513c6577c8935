package dev.waggle.cli.events;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.PeerInfo;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events as JSON objects, one a line. The names of events and fields are an interface that scripts
 * rely on: fields may be added behind the others, and nothing else may change.
 */
final class EventJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * One object, without a line break.
   *
   * @param atMillis since the epoch
   */
  static String line(Event event, long atMillis) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("event", name(event)).put("at", atMillis);
    switch (event) {
      case Event.Listening e ->
          json.put("address", e.address().toString()).put("peerId", e.peerId().hex());
      case Event.PeerConnected e ->
          peer(json, e.peer()).put("suite", e.peer().suite()).put("codec", e.peer().codec());
      case Event.PeerDisconnected e -> peer(json, e.peer()).put("reason", e.reason());
      case Event.DialFailed e ->
          json.put("address", e.address().toString())
              .put("reason", e.reason())
              .put("retryInMillis", e.retryIn() == null ? null : e.retryIn().toMillis());
      case Event.BlockAccepted e -> block(json, e.block());
      case Event.BlockRejected e ->
          json.put("hash", e.id().hex()).put("why", e.why()).put("from", hex(e.from()));
      case Event.TransactionAccepted e -> json.put("hash", e.id().hex()).put("from", hex(e.from()));
      case Event.CatchingUp e -> json.put("accepted", e.accepted()).put("further", e.further());
      case Event.CaughtUp e -> json.put("accepted", e.accepted()).put("whole", e.whole());
      case Event.StoreFailed e -> json.put("why", e.why());
      case Event.StoreRecovered _ -> {}
      case Event.OfReach e -> ReachJson.put(json, e, atMillis);
      case Event.EventsDropped e -> json.put("count", e.count());
    }
    return json.toString();
  }

  private static String name(Event event) {
    return switch (event) {
      case Event.Listening _ -> "listening";
      case Event.PeerConnected _ -> "peer-connected";
      case Event.PeerDisconnected _ -> "peer-disconnected";
      case Event.DialFailed _ -> "dial-failed";
      case Event.BlockAccepted _ -> "block-accepted";
      case Event.BlockRejected _ -> "block-rejected";
      case Event.TransactionAccepted _ -> "tx-accepted";
      case Event.CatchingUp _ -> "catching-up";
      case Event.CaughtUp _ -> "caught-up";
      case Event.StoreFailed _ -> "store-failed";
      case Event.StoreRecovered _ -> "store-recovered";
      case Event.OfReach e -> ReachJson.name(e);
      case Event.EventsDropped _ -> "events-dropped";
    };
  }

  private static ObjectNode peer(ObjectNode json, PeerInfo peer) {
    return json.put("peerId", peer.id().hex())
        .put("address", peer.remote().toString())
        .put("direction", peer.direction().name().toLowerCase(Locale.ROOT));
  }

  private static void block(ObjectNode json, AcceptedBlock block) {
    json.put("height", block.height())
        .put("hash", block.id().hex())
        .put("miner", block.miner().hex())
        .put("from", hex(block.from()))
        .put("tip", block.becameTip())
        .put("abandonedBlocks", block.abandonedBlocks())
        .put("transactions", block.transactions())
        .put("bytes", block.bytes());
  }

  /** Null stands for this node itself, and becomes JSON's null. */
  private static @Nullable String hex(@Nullable PeerId peer) {
    return peer == null ? null : peer.hex();
  }

  private EventJson() {}
}
