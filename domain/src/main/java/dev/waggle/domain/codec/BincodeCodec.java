package dev.waggle.domain.codec;

import static dev.waggle.domain.codec.Bincode.LENGTH_BYTES;
import static dev.waggle.domain.codec.Bincode.TAG_BYTES;

import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireCodec;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.ArrayList;
import java.util.List;

/**
 * The codec that every node has: Bincode 1.x in its default configuration (PROTOCOL §7.2).
 *
 * <p>Canonical: no two strings of bytes decode to equal messages. Encoding allocates nothing,
 * decoding the message.
 */
public final class BincodeCodec implements WireCodec {
  public static final String NAME = "bincode";

  private static final int PING = 0;
  private static final int PONG = 1;
  private static final int GOSSIP = 2;
  private static final int ANNOUNCE = 3;
  private static final int REQUEST = 4;
  private static final int GET_ADDR = 5;
  private static final int ADDR = 6;
  private static final int GOODBYE = 7;
  private static final int EXTENSION = 8;
  private static final int OBSERVED = 9;
  private static final int COMPACT = 10;
  private static final int REQUEST_ITEMS = 11;
  private static final int ITEMS = 12;
  private static final int SEND_COMPACT = 13;
  private static final int REQUEST_COMPACT = 14;
  private static final int PREAMBLE = 15;
  private static final int I_DONT_WANT = 16;
  private static final int OUTLINE = 17;
  private static final int GET_HEADERS = 18;
  private static final int HEADERS = 19;
  private static final int DIAL_REQUEST = 20;
  private static final int DIAL_BACK = 21;
  private static final int DIAL_RESPONSE = 22;
  private static final int MEET = 23;
  private static final int RELAYED = 24;

  private static final int FEATURE_BYTES = 2;

  /** Age, services, and the endpoint. */
  private static final int ADDRESS_BYTES = 4 + 8 + Bincode.ENDPOINT_BYTES;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int encodedLength(WireMessage message) {
    return TAG_BYTES
        + switch (message) {
          case WireMessage.Ping _, WireMessage.Pong _ -> Long.BYTES;
          case WireMessage.Gossip gossip ->
              TAG_BYTES + LENGTH_BYTES + gossip.message().payload().length();
          case WireMessage.Announce announce -> idsLength(announce.ids());
          case WireMessage.Request request -> idsLength(request.ids());
          case WireMessage.GetAddr _ -> 0;
          case WireMessage.Addr addr -> LENGTH_BYTES + addr.addresses().size() * ADDRESS_BYTES;
          case WireMessage.Goodbye _ -> TAG_BYTES;
          case WireMessage.Extension extension ->
              FEATURE_BYTES + LENGTH_BYTES + extension.body().length();
          case WireMessage.Observed _ -> Bincode.ENDPOINT_BYTES;
          case WireMessage.Compact compact -> BincodeBlocks.compactLength(compact);
          case WireMessage.Outline outline -> BincodeBlocks.outlineLength(outline);
          case WireMessage.RequestCompact request -> idsLength(request.ids());
          case WireMessage.RequestItems request ->
              MessageId.LENGTH + BincodeBlocks.rangesLength(request.ranges());
          case WireMessage.Items items ->
              MessageId.LENGTH + BincodeBlocks.itemsLength(items.items());
          case WireMessage.SendCompact _ -> 1;
          case WireMessage.Preamble _ -> MessageId.LENGTH + Integer.BYTES;
          case WireMessage.IDontWant unwanted -> idsLength(unwanted.ids());
          case WireMessage.GetHeaders ask -> BincodeHeaders.getHeadersLength(ask);
          case WireMessage.Headers headers -> BincodeHeaders.headersLength(headers);
          case WireMessage.DialRequest request -> BincodeReach.requestLength(request);
          case WireMessage.DialBack _ -> Long.BYTES;
          case WireMessage.DialResponse _ -> Long.BYTES + 1;
          case WireMessage.Meet meet -> BincodeReach.meetLength(meet);
          case WireMessage.Relayed relayed -> BincodeReach.relayedLength(relayed);
        };
  }

  private static int idsLength(List<MessageId> ids) {
    return LENGTH_BYTES + ids.size() * MessageId.LENGTH;
  }

  @Override
  public void encode(WireMessage message, WireBuffer out) {
    switch (message) {
      case WireMessage.Ping ping -> {
        out.putIntLittleEndian(PING);
        out.putLongLittleEndian(ping.nonce());
      }
      case WireMessage.Pong pong -> {
        out.putIntLittleEndian(PONG);
        out.putLongLittleEndian(pong.nonce());
      }
      case WireMessage.Gossip gossip -> {
        out.putIntLittleEndian(GOSSIP);
        out.putIntLittleEndian(gossip.message().kind().tag());
        Bincode.putBytes(out, gossip.message().payload());
      }
      case WireMessage.Announce announce -> {
        out.putIntLittleEndian(ANNOUNCE);
        Bincode.putIds(out, announce.ids());
      }
      case WireMessage.Request request -> {
        out.putIntLittleEndian(REQUEST);
        Bincode.putIds(out, request.ids());
      }
      case WireMessage.GetAddr _ -> out.putIntLittleEndian(GET_ADDR);
      case WireMessage.Addr addr -> {
        out.putIntLittleEndian(ADDR);
        putAddresses(out, addr.addresses());
      }
      case WireMessage.Goodbye goodbye -> {
        out.putIntLittleEndian(GOODBYE);
        out.putIntLittleEndian(goodbye.reason().tag());
      }
      case WireMessage.Extension extension -> {
        out.putIntLittleEndian(EXTENSION);
        Bincode.putU16(out, extension.feature());
        Bincode.putBytes(out, extension.body());
      }
      case WireMessage.Observed observed -> {
        out.putIntLittleEndian(OBSERVED);
        Bincode.putEndpoint(out, observed.endpoint());
      }
      case WireMessage.Compact compact -> {
        out.putIntLittleEndian(COMPACT);
        BincodeBlocks.putCompact(out, compact);
      }
      case WireMessage.Outline outline -> {
        out.putIntLittleEndian(OUTLINE);
        BincodeBlocks.putOutline(out, outline);
      }
      case WireMessage.RequestCompact request -> {
        out.putIntLittleEndian(REQUEST_COMPACT);
        Bincode.putIds(out, request.ids());
      }
      case WireMessage.RequestItems request -> {
        out.putIntLittleEndian(REQUEST_ITEMS);
        Bincode.putId(out, request.block());
        BincodeBlocks.putRanges(out, request.ranges());
      }
      case WireMessage.Items items -> {
        out.putIntLittleEndian(ITEMS);
        Bincode.putId(out, items.block());
        BincodeBlocks.putItems(out, items.items());
      }
      case WireMessage.SendCompact wish -> {
        out.putIntLittleEndian(SEND_COMPACT);
        out.putByte(wish.rank());
      }
      case WireMessage.Preamble preamble -> {
        out.putIntLittleEndian(PREAMBLE);
        Bincode.putId(out, preamble.id());
        out.putIntLittleEndian(preamble.bytes());
      }
      case WireMessage.IDontWant unwanted -> {
        out.putIntLittleEndian(I_DONT_WANT);
        Bincode.putIds(out, unwanted.ids());
      }
      case WireMessage.GetHeaders ask -> {
        out.putIntLittleEndian(GET_HEADERS);
        BincodeHeaders.putGetHeaders(out, ask);
      }
      case WireMessage.Headers headers -> {
        out.putIntLittleEndian(HEADERS);
        BincodeHeaders.putHeaders(out, headers);
      }
      case WireMessage.DialRequest request -> {
        out.putIntLittleEndian(DIAL_REQUEST);
        BincodeReach.putRequest(out, request);
      }
      case WireMessage.DialBack back -> {
        out.putIntLittleEndian(DIAL_BACK);
        out.putLongLittleEndian(back.nonce());
      }
      case WireMessage.DialResponse response -> {
        out.putIntLittleEndian(DIAL_RESPONSE);
        out.putLongLittleEndian(response.nonce());
        out.putByte(response.outcome().number());
      }
      case WireMessage.Meet meet -> {
        out.putIntLittleEndian(MEET);
        BincodeReach.putMeet(out, meet);
      }
      case WireMessage.Relayed relayed -> {
        out.putIntLittleEndian(RELAYED);
        BincodeReach.putRelayed(out, relayed);
      }
    }
  }

  private static void putAddresses(WireBuffer out, List<AddressRecord> addresses) {
    out.putLongLittleEndian(addresses.size());
    for (int i = 0; i < addresses.size(); i++) {
      AddressRecord address = addresses.get(i);
      out.putIntLittleEndian(address.ageSeconds());
      out.putLongLittleEndian(address.services());
      Bincode.putEndpoint(out, address.endpoint());
    }
  }

  @Override
  public WireMessage decode(WireSlice in) throws MalformedMessage {
    int tag = in.takeIntLittleEndian();
    WireMessage message =
        switch (tag) {
          case PING -> new WireMessage.Ping(in.takeLongLittleEndian());
          case PONG -> new WireMessage.Pong(in.takeLongLittleEndian());
          case GOSSIP -> new WireMessage.Gossip(takeGossip(in));
          case ANNOUNCE -> new WireMessage.Announce(Bincode.takeIds(in, WireMessage.MAX_IDS));
          case REQUEST -> new WireMessage.Request(Bincode.takeIds(in, WireMessage.MAX_IDS));
          case GET_ADDR -> new WireMessage.GetAddr();
          case ADDR -> new WireMessage.Addr(takeAddresses(in));
          case GOODBYE -> new WireMessage.Goodbye(takeReason(in));
          case EXTENSION -> takeExtension(in);
          case OBSERVED -> new WireMessage.Observed(Bincode.takeEndpoint(in));
          case COMPACT -> BincodeBlocks.takeCompact(in);
          case OUTLINE -> BincodeBlocks.takeOutline(in);
          case REQUEST_ITEMS ->
              new WireMessage.RequestItems(in.takeMessageId(), BincodeBlocks.takeRanges(in));
          case ITEMS -> new WireMessage.Items(in.takeMessageId(), BincodeBlocks.takeItems(in));
          case SEND_COMPACT -> new WireMessage.SendCompact(takeRank(in));
          case REQUEST_COMPACT ->
              new WireMessage.RequestCompact(Bincode.takeIds(in, WireMessage.MAX_IDS));
          case PREAMBLE -> new WireMessage.Preamble(in.takeMessageId(), takePayloadLength(in));
          case I_DONT_WANT -> new WireMessage.IDontWant(Bincode.takeIds(in, WireMessage.MAX_IDS));
          case GET_HEADERS -> BincodeHeaders.takeGetHeaders(in);
          case HEADERS -> BincodeHeaders.takeHeaders(in);
          case DIAL_REQUEST -> BincodeReach.takeRequest(in);
          case DIAL_BACK -> new WireMessage.DialBack(in.takeLongLittleEndian());
          case DIAL_RESPONSE -> BincodeReach.takeResponse(in);
          case MEET -> BincodeReach.takeMeet(in);
          case RELAYED -> BincodeReach.takeRelayed(in);
          default -> throw unknownTag("message", tag);
        };
    in.requireEnd();
    return message;
  }

  private static GossipMessage takeGossip(WireSlice in) throws MalformedMessage {
    int tag = in.takeIntLittleEndian();
    GossipMessage.Kind kind =
        switch (tag) {
          case 0 -> GossipMessage.Kind.TRANSACTION;
          case 1 -> GossipMessage.Kind.BLOCK;
          case 2 -> GossipMessage.Kind.EVIDENCE;
          default -> throw unknownTag("gossip message", tag);
        };
    return kind.of(Bincode.takeBytes(in, GossipMessage.MAX_PAYLOAD_BYTES));
  }

  private static List<AddressRecord> takeAddresses(WireSlice in) throws MalformedMessage {
    int count = Bincode.takeLength(in, WireMessage.MAX_ADDRESSES, ADDRESS_BYTES);
    List<AddressRecord> addresses = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int ageSeconds = in.takeIntLittleEndian();
      if (ageSeconds < 0) {
        throw new MalformedMessage(
            "an age of " + Integer.toUnsignedString(ageSeconds) + " s has more than 31 bits");
      }
      long services = in.takeLongLittleEndian();
      addresses.add(new AddressRecord(Bincode.takeEndpoint(in), ageSeconds, services));
    }
    return addresses;
  }

  private static GoodbyeReason takeReason(WireSlice in) throws MalformedMessage {
    int tag = in.takeIntLittleEndian();
    return switch (tag) {
      case 0 -> GoodbyeReason.SHUTDOWN;
      case 1 -> GoodbyeReason.DUPLICATE;
      case 2 -> GoodbyeReason.TOO_MANY_PEERS;
      case 3 -> GoodbyeReason.SILENCE;
      case 4 -> GoodbyeReason.MISBEHAVIOUR;
      case 5 -> GoodbyeReason.SLOW;
      case 6 -> GoodbyeReason.NOT_NEEDED;
      default -> throw unknownTag("goodbye reason", tag);
    };
  }

  private static WireMessage.Extension takeExtension(WireSlice in) throws MalformedMessage {
    int feature = Bincode.takeU16(in);
    if (feature == 0) {
      throw new MalformedMessage("no feature has the id 0");
    }
    return new WireMessage.Extension(
        feature, Bincode.takeBytes(in, WireMessage.MAX_EXTENSION_BYTES));
  }

  private static int takeRank(WireSlice in) throws MalformedMessage {
    int rank = in.takeByte();
    if (rank > WireMessage.MAX_RANK) {
      throw new MalformedMessage("ranks are 0 to " + WireMessage.MAX_RANK + ", not " + rank);
    }
    return rank;
  }

  private static int takePayloadLength(WireSlice in) throws MalformedMessage {
    int bytes = in.takeIntLittleEndian();
    if (bytes < 0 || bytes > GossipMessage.MAX_PAYLOAD_BYTES) {
      throw new MalformedMessage("no payload has " + Integer.toUnsignedString(bytes) + " bytes");
    }
    return bytes;
  }

  private static MalformedMessage unknownTag(String what, int tag) {
    return new MalformedMessage("no " + what + " has the tag " + Integer.toUnsignedString(tag));
  }
}
