package dev.waggle.kryo;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.Registration;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.util.DefaultClassResolver;

/**
 * The class ids that a peer may send: those of the messages, one byte each.
 *
 * <p>Requiring registration is not enough. Kryo's own resolver still lets the sender name a class,
 * looks for it on the class path, and remembers it; it reads null, and an id in several encodings;
 * and it accepts the ids of Kryo's primitives, whose strings are allocated at the length that they
 * claim.
 */
final class MessageClasses extends DefaultClassResolver {
  // Kryo keeps 0 to 8 for primitives, and puts an id on the wire as itself plus 2.
  static final int PING = 14;
  static final int PONG = 15;
  static final int GOSSIP = 16;
  static final int ANNOUNCE = 17;
  static final int REQUEST = 18;
  static final int GET_ADDR = 19;
  static final int ADDR = 20;
  static final int GOODBYE = 21;
  static final int EXTENSION = 22;
  static final int OBSERVED = 23;
  static final int COMPACT = 24;
  static final int REQUEST_ITEMS = 25;
  static final int ITEMS = 26;
  static final int SEND_COMPACT = 27;
  static final int REQUEST_COMPACT = 28;
  static final int PREAMBLE = 29;
  static final int I_DONT_WANT = 30;
  static final int OUTLINE = 31;
  static final int GET_HEADERS = 32;
  static final int HEADERS = 33;
  static final int DIAL_REQUEST = 34;
  static final int DIAL_BACK = 35;
  static final int DIAL_RESPONSE = 36;
  static final int MEET = 37;
  static final int RELAYED = 38;

  private static final int WIRE_OFFSET = 2;

  @Override
  public Registration readClass(Input input) {
    int onWire = input.readByteUnsigned();
    int id = onWire - WIRE_OFFSET;
    if (id < PING || id > RELAYED) {
      throw new KryoException("no message has the class id " + onWire);
    }
    return getRegistration(id);
  }
}
