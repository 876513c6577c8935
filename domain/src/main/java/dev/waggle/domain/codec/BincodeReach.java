package dev.waggle.domain.codec;

import static dev.waggle.domain.codec.Bincode.ENDPOINT_BYTES;
import static dev.waggle.domain.codec.Bincode.LENGTH_BYTES;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.DialOutcome;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireBuffer;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.ports.wire.WireSlice;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of the messages by which nodes behind routers are reached, as {@link BincodeCodec}
 * writes them.
 */
final class BincodeReach {
  private BincodeReach() {}

  static int requestLength(WireMessage.DialRequest request) {
    return ENDPOINT_BYTES + Long.BYTES + LENGTH_BYTES + request.payment().length();
  }

  static void putRequest(WireBuffer out, WireMessage.DialRequest request) {
    Bincode.putEndpoint(out, request.endpoint());
    out.putLongLittleEndian(request.nonce());
    Bincode.putBytes(out, request.payment());
  }

  static WireMessage.DialRequest takeRequest(WireSlice in) throws MalformedMessage {
    IpEndpoint endpoint = Bincode.takeEndpoint(in);
    long nonce = in.takeLongLittleEndian();
    Bytes payment = Bincode.takeBytes(in, WireMessage.MAX_PAYMENT_BYTES);
    return new WireMessage.DialRequest(endpoint, nonce, payment);
  }

  static WireMessage.DialResponse takeResponse(WireSlice in) throws MalformedMessage {
    long nonce = in.takeLongLittleEndian();
    int number = in.takeByte();
    DialOutcome outcome = DialOutcome.of(number);
    if (outcome == null) {
      throw new MalformedMessage("no outcome of a dial has the number " + number);
    }
    return new WireMessage.DialResponse(nonce, outcome);
  }

  static int meetLength(WireMessage.Meet meet) {
    return LENGTH_BYTES + meet.peers().size() * PeerId.LENGTH;
  }

  static void putMeet(WireBuffer out, WireMessage.Meet meet) {
    out.putLongLittleEndian(meet.peers().size());
    for (int i = 0; i < meet.peers().size(); i++) {
      out.putBytes(meet.peers().get(i).hash());
    }
  }

  static WireMessage.Meet takeMeet(WireSlice in) throws MalformedMessage {
    int count = Bincode.takeLength(in, WireMessage.MAX_INTRODUCED, PeerId.LENGTH);
    List<PeerId> peers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      peers.add(takePeer(in));
    }
    return new WireMessage.Meet(peers);
  }

  static int relayedLength(WireMessage.Relayed relayed) {
    return PeerId.LENGTH + LENGTH_BYTES + relayed.body().length();
  }

  static void putRelayed(WireBuffer out, WireMessage.Relayed relayed) {
    out.putBytes(relayed.peer().hash());
    Bincode.putBytes(out, relayed.body());
  }

  static WireMessage.Relayed takeRelayed(WireSlice in) throws MalformedMessage {
    PeerId peer = takePeer(in);
    Bytes body = Bincode.takeBytes(in, WireMessage.MAX_RELAYED_BYTES);
    if (body.length() == 0) {
      throw new MalformedMessage("nothing to relay");
    }
    return new WireMessage.Relayed(peer, body);
  }

  private static PeerId takePeer(WireSlice in) throws MalformedMessage {
    return new PeerId(in.takeBytes(PeerId.LENGTH));
  }
}
