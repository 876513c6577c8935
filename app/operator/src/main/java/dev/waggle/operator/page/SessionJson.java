package dev.waggle.operator.page;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.PeerInfo;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Events of a session as JSON, by SESSION.md. */
final class SessionJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  /** Of words that come from elsewhere; longer ones are cut. */
  private static final int MAX_WORDS = 200;

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * One object, on one line.
   *
   * @param atNanos since the session began
   */
  static String line(SessionEvent event, long atNanos) {
    ObjectNode json = object();
    json.put("at", millis(atNanos)).put("event", name(event)).put("node", event.node());
    switch (event) {
      case SessionEvent.NodeUp e ->
          json.put("name", e.name())
              .put("peerId", e.peerId().hex())
              .put("address", e.address().toString());
      case SessionEvent.NodeDown e -> json.put("reason", cut(e.reason()));
      case SessionEvent.LinkUp e ->
          peer(json, e.peer()).put("suite", e.peer().suite()).put("codec", e.peer().codec());
      case SessionEvent.LinkDown e -> peer(json, e.peer()).put("reason", cut(e.reason()));
      case SessionEvent.Tip e -> json.put("height", e.height()).put("hash", e.hash().hex());
      case SessionEvent.BlockAccepted e -> block(json, e.block());
      case SessionEvent.BlockRejected e ->
          json.put("hash", e.hash().hex()).put("why", cut(e.why())).put("from", hex(e.from()));
    }
    return json.toString();
  }

  private static String name(SessionEvent event) {
    return switch (event) {
      case SessionEvent.NodeUp _ -> "node-up";
      case SessionEvent.NodeDown _ -> "node-down";
      case SessionEvent.LinkUp _ -> "link-up";
      case SessionEvent.LinkDown _ -> "link-down";
      case SessionEvent.Tip _ -> "tip";
      case SessionEvent.BlockAccepted _ -> "block";
      case SessionEvent.BlockRejected _ -> "block-rejected";
    };
  }

  private static ObjectNode peer(ObjectNode json, PeerInfo peer) {
    return json.put("peer", peer.id().hex())
        .put("address", peer.remote().toString())
        .put("direction", peer.direction().name().toLowerCase(Locale.ROOT));
  }

  private static void block(ObjectNode json, AcceptedBlock block) {
    json.put("hash", block.id().hex())
        .put("height", block.height())
        .put("miner", block.miner().hex())
        .put("from", hex(block.from()))
        .put("tip", block.becameTip())
        .put("abandoned", block.abandonedBlocks())
        .put("transactions", block.transactions())
        .put("bytes", block.bytes());
  }

  /** Null stands for the node itself. */
  private static @Nullable String hex(@Nullable PeerId peer) {
    return peer == null ? null : peer.hex();
  }

  /** To a microsecond. */
  static double millis(long nanos) {
    return Math.round(nanos / 1e3) / 1e3;
  }

  private static String cut(String words) {
    return words.length() <= MAX_WORDS ? words : words.substring(0, MAX_WORDS) + "…";
  }

  private SessionJson() {}
}
