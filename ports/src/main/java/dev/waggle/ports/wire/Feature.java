package dev.waggle.ports.wire;

/** The features that PROTOCOL §7.4 gives out. */
public final class Feature {
  /** Of messages that every node understands. */
  public static final int NONE = 0;

  /** Blocks are sent without the items that the receiver is likely to have (PROTOCOL §8.4). */
  public static final int COMPACT_BLOCKS = 1;

  /** Peers hear early that a large message is on its way (PROTOCOL §8.5). */
  public static final int EARLY_NOTICES = 2;

  /** A node that is behind learns the headers before the blocks (PROTOCOL §8.6). */
  public static final int HEADERS_FIRST = 3;

  /** Peers dial each other back, so that each knows whether it can be (PROTOCOL §9.9). */
  public static final int DIAL_BACK = 4;

  /** Peers help others who cannot be dialled to a link with each other (PROTOCOL §9.10). */
  public static final int HOLE_PUNCHING = 5;

  private Feature() {}

  /** The feature that a message belongs to, or {@link #NONE}. */
  public static int of(WireMessage message) {
    return switch (message) {
      case WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.Gossip _,
          WireMessage.Announce _,
          WireMessage.Request _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.Goodbye _ ->
          NONE;
      case WireMessage.Extension extension -> extension.feature();
      case WireMessage.Compact _,
          WireMessage.Outline _,
          WireMessage.RequestCompact _,
          WireMessage.RequestItems _,
          WireMessage.Items _,
          WireMessage.SendCompact _ ->
          COMPACT_BLOCKS;
      case WireMessage.Preamble _, WireMessage.IDontWant _ -> EARLY_NOTICES;
      case WireMessage.GetHeaders _, WireMessage.Headers _ -> HEADERS_FIRST;
      case WireMessage.DialRequest _, WireMessage.DialBack _, WireMessage.DialResponse _ ->
          DIAL_BACK;
      case WireMessage.Meet _, WireMessage.Relayed _ -> HOLE_PUNCHING;
    };
  }
}
