package dev.waggle.ports.wire;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpEndpoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What two peers say to each other once the handshake is done (PROTOCOL §7). */
public sealed interface WireMessage {
  /** Ids in one Announce or Request: 32 KiB, half a record. */
  int MAX_IDS = 1024;

  /** Addresses in one Addr: 30 KiB, half a record. */
  int MAX_ADDRESSES = 1000;

  /** The largest id of a feature; those from 0xFF00 on are for experiments (PROTOCOL §7.4). */
  int MAX_FEATURE = 0xFFFF;

  /** Bytes in one Extension: as many as in the ids of one Announce. */
  int MAX_EXTENSION_BYTES = 32 * 1024;

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

  /** Where other nodes can be dialled, or the sender itself. */
  record Addr(List<AddressRecord> addresses) implements WireMessage {
    public Addr {
      addresses = bounded(addresses, MAX_ADDRESSES);
    }
  }

  /** The sender sees the receiver's end of this connection at this endpoint. */
  record Observed(IpEndpoint endpoint) implements WireMessage {}

  /**
   * Something that only nodes with the same feature understand (PROTOCOL §7.4).
   *
   * @param feature 1 to 65,535, in force on the link
   * @param body at most {@link #MAX_EXTENSION_BYTES}
   */
  record Extension(int feature, Bytes body) implements WireMessage {
    public Extension {
      if (feature < 1 || feature > MAX_FEATURE) {
        throw new IllegalArgumentException("no feature has the id " + feature);
      }
      if (body.length() > MAX_EXTENSION_BYTES) {
        throw new IllegalArgumentException(
            "an extension has at most %d bytes, not %d"
                .formatted(MAX_EXTENSION_BYTES, body.length()));
      }
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
