package dev.waggle.ports.wire;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
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

  /** Bytes of a block's header in a {@link Compact}. */
  int MAX_HEADER_BYTES = 1024;

  /** Bytes of a block's proof in a {@link Compact}. */
  int MAX_PROOF_BYTES = 24 * 1024;

  /** Items of a block that is sent as a {@link Compact}: an index has 14 bits. */
  int MAX_ITEMS = 16_384;

  /** Bytes of all items in one {@link Compact}: more would hold up what comes behind it. */
  int MAX_PREFILLED_BYTES = 512 * 1024;

  /** Ranges in one {@link RequestItems}; who lacks more pieces asks for what lies between too. */
  int MAX_RANGES = 1024;

  /** The last rank in a {@link SendCompact}. */
  int MAX_RANK = 3;

  /** Ids in the locator of a {@link GetHeaders}: enough for any chain, ever sparser. */
  int MAX_LOCATOR = 64;

  /** Headers that one {@link GetHeaders} asks for. */
  int MAX_HEADERS_ASKED = 2048;

  /** Headers in one {@link Headers}. */
  int MAX_HEADERS = 256;

  /** Bytes by which a {@link DialRequest} is paid for at most: half a record. */
  int MAX_PAYMENT_BYTES = 32 * 1024;

  /** PeerIds in one {@link Meet}. */
  int MAX_INTRODUCED = 8;

  /** Bytes in one {@link Relayed}: a key and a signature of the largest suite, and more. */
  int MAX_RELAYED_BYTES = 8 * 1024;

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

  /**
   * A block without the items that the receiver is likely to have (PROTOCOL §8.4).
   *
   * @param header 1 to {@link #MAX_HEADER_BYTES}
   * @param proof at most {@link #MAX_PROOF_BYTES}
   * @param nonce of which, with the header, the key of the short ids is made
   * @param shortIds of the items that are not prefilled, in the block's order; with these at most
   *     {@link #MAX_ITEMS}
   * @param prefilled items that the receiver is believed to lack, in ascending order, each within
   *     the block; at most {@link #MAX_PREFILLED_BYTES}
   */
  record Compact(
      Bytes header, Bytes proof, long nonce, ShortIds shortIds, List<IndexedItem> prefilled)
      implements WireMessage {
    public Compact {
      requireWithin(header.length(), 1, MAX_HEADER_BYTES, "bytes of a header");
      requireWithin(proof.length(), 0, MAX_PROOF_BYTES, "bytes of a proof");
      prefilled = bounded(prefilled, MAX_ITEMS);
      int items = shortIds.count() + prefilled.size();
      requireWithin(items, 0, MAX_ITEMS, "items of a block");
      requireWithin(bytesOf(prefilled), 0, MAX_PREFILLED_BYTES, "bytes of prefilled items");
      requireAscending(prefilled, items);
    }

    /** How many the block has. */
    public int items() {
      return shortIds.count() + prefilled.size();
    }
  }

  /**
   * A block without its items, by their ids: for a receiver that is likely to lack them, and can
   * tell others of the block at once (PROTOCOL §8.4).
   *
   * @param header 1 to {@link #MAX_HEADER_BYTES}
   * @param proof at most {@link #MAX_PROOF_BYTES}
   * @param ids of the items, in the block's order; at most {@link #MAX_ITEMS}
   */
  record Outline(Bytes header, Bytes proof, List<MessageId> ids) implements WireMessage {
    public Outline {
      requireWithin(header.length(), 1, MAX_HEADER_BYTES, "bytes of a header");
      requireWithin(proof.length(), 0, MAX_PROOF_BYTES, "bytes of a proof");
      ids = bounded(ids, MAX_ITEMS);
    }
  }

  /**
   * Asks for these messages like {@link Request}; of blocks for a {@link Compact}, if it can be.
   */
  record RequestCompact(List<MessageId> ids) implements WireMessage {
    public RequestCompact {
      ids = bounded(ids, MAX_IDS);
    }
  }

  /**
   * Asks for items of a block of which the receiver has sent a {@link Compact} or an {@link
   * Outline}.
   *
   * @param ranges 1 to {@link #MAX_RANGES}, ascending, with something between each two
   */
  record RequestItems(MessageId block, List<ItemRange> ranges) implements WireMessage {
    public RequestItems {
      ranges = bounded(ranges, MAX_RANGES);
      requireWithin(ranges.size(), 1, MAX_RANGES, "ranges");
      int free = 0;
      for (int i = 0; i < ranges.size(); i++) { // which makes no object, as an iterator would
        ItemRange range = ranges.get(i);
        requireWithin(range.first(), free, MAX_ITEMS - 1, "as the next range's first item");
        requireWithin(range.end(), 1, MAX_ITEMS, "as the end of a range");
        free = range.end() + 1;
      }
    }
  }

  /**
   * Items of a block, as asked for by one or several {@link RequestItems}.
   *
   * @param items in ascending order
   */
  record Items(MessageId block, List<IndexedItem> items) implements WireMessage {
    public Items {
      items = bounded(items, MAX_ITEMS);
      requireAscending(items, MAX_ITEMS);
    }
  }

  /**
   * How the sender wants to hear of blocks.
   *
   * @param rank 0: by announcement; 1: at once, by {@link Compact}; 2 and 3: so as well, but later,
   *     if it has not got them from others by then
   */
  record SendCompact(int rank) implements WireMessage {
    public SendCompact {
      requireWithin(rank, 0, MAX_RANK, "as a rank");
    }
  }

  /**
   * The sender is about to send this message: it need not be asked for.
   *
   * @param bytes of its payload
   */
  record Preamble(MessageId id, int bytes) implements WireMessage {
    public Preamble {
      requireWithin(bytes, 0, GossipMessage.MAX_PAYLOAD_BYTES, "bytes of a payload");
    }
  }

  /** The sender is getting these messages: they need not be sent to it unasked. */
  record IDontWant(List<MessageId> ids) implements WireMessage {
    public IDontWant {
      ids = bounded(ids, MAX_IDS);
    }
  }

  /**
   * Asks for the headers that follow on the receiver's chain (PROTOCOL §8.6).
   *
   * @param locator 1 to {@link #MAX_LOCATOR} ids of blocks: the first that is on the receiver's
   *     chain is where the answer begins
   * @param count 0 to {@link #MAX_HEADERS_ASKED}; 0 asks only which of the locator that is
   */
  record GetHeaders(List<MessageId> locator, int count) implements WireMessage {
    public GetHeaders {
      locator = bounded(locator, MAX_LOCATOR);
      requireWithin(locator.size(), 1, MAX_LOCATOR, "ids in a locator");
      requireWithin(count, 0, MAX_HEADERS_ASKED, "headers");
    }
  }

  /**
   * Headers that follow each other on the sender's chain, as an answer to {@link GetHeaders}, or a
   * part of one.
   *
   * @param after the block that the first of them follows
   * @param further how many follow the last of them on that chain, 0 to 2^32 - 1; of more as many
   * @param headers at most {@link #MAX_HEADERS}, each of 1 to {@link #MAX_HEADER_BYTES}
   */
  record Headers(MessageId after, long further, List<Bytes> headers) implements WireMessage {
    /** The most that may follow. */
    public static final long MAX_FURTHER = 0xFFFF_FFFFL;

    public Headers {
      if (further < 0 || further > MAX_FURTHER) {
        throw new IllegalArgumentException(further + " headers cannot follow");
      }
      headers = bounded(headers, MAX_HEADERS);
      for (int i = 0; i < headers.size(); i++) {
        requireWithin(headers.get(i).length(), 1, MAX_HEADER_BYTES, "bytes of a header");
      }
    }
  }

  /**
   * Asks the receiver to dial an address that the sender believes to be its own (PROTOCOL §9.9).
   *
   * @param nonce by which a {@link DialBack} shows that it follows from this
   * @param payment bytes without a meaning, at most {@link #MAX_PAYMENT_BYTES}: who asks for an
   *     address that it is not seen at must have sent more than the dial will cost others
   */
  record DialRequest(IpEndpoint endpoint, long nonce, Bytes payment) implements WireMessage {
    public DialRequest {
      requireWithin(payment.length(), 0, MAX_PAYMENT_BYTES, "bytes of a payment");
    }
  }

  /** The first message on a connection that was dialled because of a {@link DialRequest}. */
  record DialBack(long nonce) implements WireMessage {}

  /** What has become of a {@link DialRequest}. */
  record DialResponse(long nonce, DialOutcome outcome) implements WireMessage {}

  /**
   * Says that the sender cannot be dialled and would meet others who cannot; or, as an answer, who
   * those are (PROTOCOL §9.10).
   *
   * @param peers at most {@link #MAX_INTRODUCED}; none in a question
   */
  record Meet(List<PeerId> peers) implements WireMessage {
    public Meet {
      peers = bounded(peers, MAX_INTRODUCED);
    }
  }

  /**
   * Something from one peer of the node in between to another one, which that node can pass on, but
   * neither change nor make up (PROTOCOL §9.10).
   *
   * @param peer to whom, if it is sent to the node in between; from whom, if by it
   * @param body 1 to {@link #MAX_RELAYED_BYTES}
   */
  record Relayed(PeerId peer, Bytes body) implements WireMessage {
    public Relayed {
      requireWithin(body.length(), 1, MAX_RELAYED_BYTES, "bytes to relay");
    }
  }

  /** The sender is about to close the connection. */
  record Goodbye(GoodbyeReason reason) implements WireMessage {}

  private static int bytesOf(List<IndexedItem> items) {
    long bytes = 0;
    for (int i = 0; i < items.size(); i++) {
      bytes += items.get(i).payload().length();
    }
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  private static void requireAscending(List<IndexedItem> items, int end) {
    int free = 0;
    for (int i = 0; i < items.size(); i++) {
      int index = items.get(i).index();
      requireWithin(index, free, end - 1, "as the next item's index");
      free = index + 1;
    }
  }

  private static void requireWithin(int value, int min, int max, String what) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "expected %d to %d %s, not %d".formatted(min, max, what, value));
    }
  }

  private static <T> List<T> bounded(List<T> list, int max) {
    if (list.size() > max) {
      throw new IllegalArgumentException("at most " + max + " entries, not " + list.size());
    }
    return Collections.unmodifiableList(new ArrayList<>(list));
  }
}
