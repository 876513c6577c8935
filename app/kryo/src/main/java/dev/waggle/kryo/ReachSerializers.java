package dev.waggle.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.DialOutcome;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of the messages by which nodes behind routers are reached, as {@link KryoCodec} lists
 * them.
 */
final class ReachSerializers {
  private ReachSerializers() {}

  static void register(Kryo kryo) {
    kryo.register(
        WireMessage.DialRequest.class, new RequestSerializer(), MessageClasses.DIAL_REQUEST);
    kryo.register(WireMessage.DialBack.class, new BackSerializer(), MessageClasses.DIAL_BACK);
    kryo.register(
        WireMessage.DialResponse.class, new ResponseSerializer(), MessageClasses.DIAL_RESPONSE);
    kryo.register(WireMessage.Meet.class, new MeetSerializer(), MessageClasses.MEET);
    kryo.register(WireMessage.Relayed.class, new RelayedSerializer(), MessageClasses.RELAYED);
  }

  private static final class RequestSerializer extends MessageSerializer<WireMessage.DialRequest> {
    @Override
    void put(WireMessage.DialRequest request, WireOutput out) {
      out.writeEndpoint(request.endpoint());
      out.writeLong(request.nonce());
      out.writeBytesWithLength(request.payment());
    }

    @Override
    WireMessage.DialRequest take(WireInput in) {
      IpEndpoint endpoint = in.takeEndpoint();
      long nonce = in.readLong();
      Bytes payment = in.takeBytesOfLength(WireMessage.MAX_PAYMENT_BYTES);
      return new WireMessage.DialRequest(endpoint, nonce, payment);
    }
  }

  private static final class BackSerializer extends MessageSerializer<WireMessage.DialBack> {
    @Override
    void put(WireMessage.DialBack back, WireOutput out) {
      out.writeLong(back.nonce());
    }

    @Override
    WireMessage.DialBack take(WireInput in) {
      return new WireMessage.DialBack(in.readLong());
    }
  }

  private static final class ResponseSerializer
      extends MessageSerializer<WireMessage.DialResponse> {
    @Override
    void put(WireMessage.DialResponse response, WireOutput out) {
      out.writeLong(response.nonce());
      out.writeByte(response.outcome().number());
    }

    @Override
    WireMessage.DialResponse take(WireInput in) {
      long nonce = in.readLong();
      int number = in.readByteUnsigned();
      DialOutcome outcome = DialOutcome.of(number);
      if (outcome == null) {
        throw new KryoException("no outcome of a dial has the number " + number);
      }
      return new WireMessage.DialResponse(nonce, outcome);
    }
  }

  private static final class MeetSerializer extends MessageSerializer<WireMessage.Meet> {
    @Override
    void put(WireMessage.Meet meet, WireOutput out) {
      out.writeLength(meet.peers().size());
      for (int i = 0; i < meet.peers().size(); i++) {
        out.writePeer(meet.peers().get(i));
      }
    }

    @Override
    WireMessage.Meet take(WireInput in) {
      int count = in.readLength(WireMessage.MAX_INTRODUCED, PeerId.LENGTH);
      List<PeerId> peers = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        peers.add(in.takePeer());
      }
      return new WireMessage.Meet(peers);
    }
  }

  private static final class RelayedSerializer extends MessageSerializer<WireMessage.Relayed> {
    @Override
    void put(WireMessage.Relayed relayed, WireOutput out) {
      out.writePeer(relayed.peer());
      out.writeBytesWithLength(relayed.body());
    }

    @Override
    WireMessage.Relayed take(WireInput in) {
      PeerId peer = in.takePeer();
      Bytes body = in.takeBytesOfLength(WireMessage.MAX_RELAYED_BYTES);
      if (body.length() == 0) {
        throw new KryoException("nothing to relay");
      }
      return new WireMessage.Relayed(peer, body);
    }
  }
}
