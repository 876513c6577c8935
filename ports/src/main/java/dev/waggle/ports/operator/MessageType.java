package dev.waggle.ports.operator;

import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.util.Locale;

/** What kinds of messages an operator sees counted: those of PROTOCOL §7.2, gossip by its kind. */
public enum MessageType {
  TRANSACTION,
  BLOCK,
  EVIDENCE,
  ANNOUNCE,
  REQUEST,
  PING,
  PONG,
  GET_ADDR,
  ADDR,
  OBSERVED,
  GOODBYE,
  EXTENSION,
  COMPACT,
  OUTLINE,
  ITEMS,
  REQUEST_ITEMS,
  REQUEST_COMPACT,
  SEND_COMPACT,
  PREAMBLE,
  I_DONT_WANT,
  GET_HEADERS,
  HEADERS,
  DIAL_REQUEST,
  DIAL_BACK,
  DIAL_RESPONSE,
  MEET,
  RELAYED;

  private final String word = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /** What operators read: {@code get-addr}. */
  public String word() {
    return word;
  }

  /** The type of a message. */
  public static MessageType of(WireMessage message) {
    return switch (message) {
      case WireMessage.Gossip(GossipMessage.Transaction _) -> TRANSACTION;
      case WireMessage.Gossip(GossipMessage.Block _) -> BLOCK;
      case WireMessage.Gossip(GossipMessage.Evidence _) -> EVIDENCE;
      case WireMessage.Announce _ -> ANNOUNCE;
      case WireMessage.Request _ -> REQUEST;
      case WireMessage.Ping _ -> PING;
      case WireMessage.Pong _ -> PONG;
      case WireMessage.GetAddr _ -> GET_ADDR;
      case WireMessage.Addr _ -> ADDR;
      case WireMessage.Observed _ -> OBSERVED;
      case WireMessage.Goodbye _ -> GOODBYE;
      case WireMessage.Extension _ -> EXTENSION;
      case WireMessage.Compact _ -> COMPACT;
      case WireMessage.Outline _ -> OUTLINE;
      case WireMessage.Items _ -> ITEMS;
      case WireMessage.RequestItems _ -> REQUEST_ITEMS;
      case WireMessage.RequestCompact _ -> REQUEST_COMPACT;
      case WireMessage.SendCompact _ -> SEND_COMPACT;
      case WireMessage.Preamble _ -> PREAMBLE;
      case WireMessage.IDontWant _ -> I_DONT_WANT;
      case WireMessage.GetHeaders _ -> GET_HEADERS;
      case WireMessage.Headers _ -> HEADERS;
      case WireMessage.DialRequest _ -> DIAL_REQUEST;
      case WireMessage.DialBack _ -> DIAL_BACK;
      case WireMessage.DialResponse _ -> DIAL_RESPONSE;
      case WireMessage.Meet _ -> MEET;
      case WireMessage.Relayed _ -> RELAYED;
    };
  }
}
