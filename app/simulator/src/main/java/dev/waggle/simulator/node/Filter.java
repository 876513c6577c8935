package dev.waggle.simulator.node;

import dev.waggle.ports.wire.WireMessage;

/** What a node that lies does with the messages that it sends and receives. */
public interface Filter {
  Filter NONE = new Filter() {};

  /** Whether the node gets to see what has arrived. */
  default boolean lets(LinkEnd from, WireMessage message) {
    return true;
  }

  /** What is sent instead. */
  default WireMessage sends(LinkEnd to, WireMessage message) {
    return message;
  }

  /** Something has been written to a link's connection. */
  default void wrote(LinkEnd to, int bytes, Object content) {}
}
