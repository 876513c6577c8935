package dev.waggle.kryo;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoException;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.GoodbyeReason;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields of each message that every node understands, and of an Extension, as {@link KryoCodec}
 * lists them.
 */
final class MessageSerializers {
  private MessageSerializers() {}

  static void register(Kryo kryo) {
    kryo.register(WireMessage.Ping.class, new PingSerializer(), MessageClasses.PING);
    kryo.register(WireMessage.Pong.class, new PongSerializer(), MessageClasses.PONG);
    kryo.register(WireMessage.Gossip.class, new GossipSerializer(), MessageClasses.GOSSIP);
    kryo.register(WireMessage.Announce.class, new AnnounceSerializer(), MessageClasses.ANNOUNCE);
    kryo.register(WireMessage.Request.class, new RequestSerializer(), MessageClasses.REQUEST);
    kryo.register(WireMessage.GetAddr.class, new GetAddrSerializer(), MessageClasses.GET_ADDR);
    kryo.register(WireMessage.Addr.class, new AddrSerializer(), MessageClasses.ADDR);
    kryo.register(WireMessage.Goodbye.class, new GoodbyeSerializer(), MessageClasses.GOODBYE);
    kryo.register(WireMessage.Extension.class, new ExtensionSerializer(), MessageClasses.EXTENSION);
    kryo.register(WireMessage.Observed.class, new ObservedSerializer(), MessageClasses.OBSERVED);
    RelaySerializers.register(kryo);
    SyncSerializers.register(kryo);
    ReachSerializers.register(kryo);
  }

  private static final class PingSerializer extends MessageSerializer<WireMessage.Ping> {
    @Override
    void put(WireMessage.Ping ping, WireOutput out) {
      out.writeLong(ping.nonce());
    }

    @Override
    WireMessage.Ping take(WireInput in) {
      return new WireMessage.Ping(in.readLong());
    }
  }

  private static final class PongSerializer extends MessageSerializer<WireMessage.Pong> {
    @Override
    void put(WireMessage.Pong pong, WireOutput out) {
      out.writeLong(pong.nonce());
    }

    @Override
    WireMessage.Pong take(WireInput in) {
      return new WireMessage.Pong(in.readLong());
    }
  }

  private static final class GossipSerializer extends MessageSerializer<WireMessage.Gossip> {
    @Override
    void put(WireMessage.Gossip gossip, WireOutput out) {
      GossipMessage message = gossip.message();
      out.writeByte(message.kind().tag());
      out.writeBytesWithLength(message.payload());
    }

    @Override
    WireMessage.Gossip take(WireInput in) {
      int tag = in.readByteUnsigned();
      GossipMessage.Kind kind =
          switch (tag) {
            case 0 -> GossipMessage.Kind.TRANSACTION;
            case 1 -> GossipMessage.Kind.BLOCK;
            case 2 -> GossipMessage.Kind.EVIDENCE;
            default -> throw new KryoException("no gossip message has the tag " + tag);
          };
      return new WireMessage.Gossip(kind.of(in.takeBytesOfLength(GossipMessage.MAX_PAYLOAD_BYTES)));
    }
  }

  private static final class AnnounceSerializer extends MessageSerializer<WireMessage.Announce> {
    @Override
    void put(WireMessage.Announce announce, WireOutput out) {
      out.writeIds(announce.ids());
    }

    @Override
    WireMessage.Announce take(WireInput in) {
      return new WireMessage.Announce(in.takeIds(WireMessage.MAX_IDS));
    }
  }

  private static final class RequestSerializer extends MessageSerializer<WireMessage.Request> {
    @Override
    void put(WireMessage.Request request, WireOutput out) {
      out.writeIds(request.ids());
    }

    @Override
    WireMessage.Request take(WireInput in) {
      return new WireMessage.Request(in.takeIds(WireMessage.MAX_IDS));
    }
  }

  private static final class GetAddrSerializer extends MessageSerializer<WireMessage.GetAddr> {
    @Override
    void put(WireMessage.GetAddr message, WireOutput out) {}

    @Override
    WireMessage.GetAddr take(WireInput in) {
      return new WireMessage.GetAddr();
    }
  }

  private static final class AddrSerializer extends MessageSerializer<WireMessage.Addr> {
    @Override
    void put(WireMessage.Addr addr, WireOutput out) {
      out.writeLength(addr.addresses().size());
      for (AddressRecord address : addr.addresses()) {
        out.writeInt(address.ageSeconds());
        out.writeLong(address.services());
        out.writeEndpoint(address.endpoint());
      }
    }

    @Override
    WireMessage.Addr take(WireInput in) {
      int count = in.readLength(WireMessage.MAX_ADDRESSES, KryoCodec.ADDRESS_BYTES);
      List<AddressRecord> addresses = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        addresses.add(takeAddress(in));
      }
      return new WireMessage.Addr(addresses);
    }

    private static AddressRecord takeAddress(WireInput in) {
      int ageSeconds = in.readInt();
      if (ageSeconds < 0) {
        throw new KryoException(
            "an age of " + Integer.toUnsignedString(ageSeconds) + " s has more than 31 bits");
      }
      long services = in.readLong();
      return new AddressRecord(in.takeEndpoint(), ageSeconds, services);
    }
  }

  private static final class ObservedSerializer extends MessageSerializer<WireMessage.Observed> {
    @Override
    void put(WireMessage.Observed observed, WireOutput out) {
      out.writeEndpoint(observed.endpoint());
    }

    @Override
    WireMessage.Observed take(WireInput in) {
      return new WireMessage.Observed(in.takeEndpoint());
    }
  }

  private static final class ExtensionSerializer extends MessageSerializer<WireMessage.Extension> {
    @Override
    void put(WireMessage.Extension extension, WireOutput out) {
      out.writeShort(extension.feature());
      out.writeBytesWithLength(extension.body());
    }

    @Override
    WireMessage.Extension take(WireInput in) {
      int feature = in.readShortUnsigned();
      if (feature == 0) {
        throw new KryoException("no feature has the id 0");
      }
      return new WireMessage.Extension(
          feature, in.takeBytesOfLength(WireMessage.MAX_EXTENSION_BYTES));
    }
  }

  private static final class GoodbyeSerializer extends MessageSerializer<WireMessage.Goodbye> {
    @Override
    void put(WireMessage.Goodbye goodbye, WireOutput out) {
      out.writeByte(goodbye.reason().tag());
    }

    @Override
    WireMessage.Goodbye take(WireInput in) {
      int tag = in.readByteUnsigned();
      return new WireMessage.Goodbye(
          switch (tag) {
            case 0 -> GoodbyeReason.SHUTDOWN;
            case 1 -> GoodbyeReason.DUPLICATE;
            case 2 -> GoodbyeReason.TOO_MANY_PEERS;
            case 3 -> GoodbyeReason.SILENCE;
            case 4 -> GoodbyeReason.MISBEHAVIOUR;
            case 5 -> GoodbyeReason.SLOW;
            case 6 -> GoodbyeReason.NOT_NEEDED;
            default -> throw new KryoException("no goodbye reason has the tag " + tag);
          });
    }
  }
}
