package dev.waggle.ports.wire;

import dev.waggle.ports.Endpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What two peers say to each other once the handshake is done (PROTOCOL §7). */
public sealed interface WireMessage {
  /** Ids in one Announce or Request: 32 KiB, half a record. */
  int MAX_IDS = 1024;

  /** Endpoints in one Addr: more than any node needs to find its next peers. */
  int MAX_ENDPOINTS = 64;

  /** Asks for a {@link Pong} with the same nonce. */
  record Ping(long nonce) implements WireMessage {}

  /** Answers a {@link Ping}. */
  record Pong(long nonce) implements WireMessage {}

  /** Carries something for the whole network. */
  record Gossip(GossipMessage message) implements WireMessage {}

  /** The sender has these messages: ask for them, and do not send them. */
  record Announce(List<MessageId> ids) implements WireMessage {
    public Announce {
      ids = bounded(ids, MAX_IDS);
    }
  }

  /** The sender wants these messages. */
  record Request(List<MessageId> ids) implements WireMessage {
    public Request {
      ids = bounded(ids, MAX_IDS);
    }
  }

  /** Asks for an {@link Addr}. */
  record GetAddr() implements WireMessage {}

  /** Endpoints at which the sender has reached other nodes. */
  record Addr(List<Endpoint> endpoints) implements WireMessage {
    public Addr {
      endpoints = bounded(endpoints, MAX_ENDPOINTS);
    }
  }

  /** The sender is about to close the connection. */
  record Goodbye(GoodbyeReason reason) implements WireMessage {}

  private static <T> List<T> bounded(List<T> list, int max) {
    if (list.size() > max) {
      throw new IllegalArgumentException("at most " + max + " entries, not " + list.size());
    }
    return Collections.unmodifiableList(new ArrayList<>(list));
  }
}
