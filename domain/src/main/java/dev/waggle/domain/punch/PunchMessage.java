package dev.waggle.domain.punch;

import dev.waggle.domain.codec.Bincode;
import dev.waggle.domain.codec.BincodeWriter;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.WireSlice;
import org.jspecify.annotations.Nullable;

/** What two nodes say to each other through a relay: the body of a Relayed (PROTOCOL §9.10). */
sealed interface PunchMessage {
  /** How often both dial each other for one call. */
  int MAX_TRIES = 3;

  int MAX_KEY_BYTES = 4096;

  int MAX_SIGNATURE_BYTES = 6144;

  long nonce();

  /** Let us dial each other: this is where I am. */
  record Call(Terms terms, Proof proof) implements PunchMessage {
    @Override
    public long nonce() {
      return terms.nonce();
    }
  }

  /** Yes, and this is where I am. */
  record Answer(Terms terms, Proof proof) implements PunchMessage {
    @Override
    public long nonce() {
      return terms.nonce();
    }
  }

  /**
   * Dial now: I do, as soon as this should have reached you.
   *
   * @param number of the try, 1 to {@link #MAX_TRIES}
   */
  record Go(long nonce, int number) implements PunchMessage {}

  /** Who says so. */
  record Proof(Bytes publicKey, Bytes signature) {}

  /** What a message is, on the wire and in what is signed. */
  enum Tag {
    CALL(0),
    ANSWER(1),
    GO(2);

    private final int number;

    Tag(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static @Nullable Tag of(int number) {
      for (Tag each : values()) {
        if (each.number == number) {
          return each;
        }
      }
      return null;
    }
  }

  static Bytes encode(Tag tag, Terms terms, Proof proof) {
    BincodeWriter out =
        new BincodeWriter(64 + proof.publicKey().length() + proof.signature().length());
    out.putIntLittleEndian(tag.number());
    put(out, terms);
    Bincode.putBytes(out, proof.publicKey());
    Bincode.putBytes(out, proof.signature());
    return out.toBytes();
  }

  static void put(BincodeWriter out, Terms terms) {
    out.putLongLittleEndian(terms.nonce());
    Bincode.putEndpoint(out, terms.endpoint());
    out.putByte(terms.mapping().number());
  }

  static Bytes encode(Go go) {
    BincodeWriter out = new BincodeWriter(16);
    out.putIntLittleEndian(Tag.GO.number());
    out.putLongLittleEndian(go.nonce());
    out.putByte(go.number());
    return out.toBytes();
  }

  /**
   * Reads a body.
   *
   * @throws MalformedMessage if it is none of these
   */
  static PunchMessage decode(Bytes body) throws MalformedMessage {
    WireSlice in = WireSlice.of(body);
    int number = in.takeIntLittleEndian();
    Tag tag = Tag.of(number);
    if (tag == null) {
      throw new MalformedMessage("no body has the tag " + Integer.toUnsignedString(number));
    }
    PunchMessage message =
        switch (tag) {
          case CALL -> new Call(takeTerms(in), takeProof(in));
          case ANSWER -> new Answer(takeTerms(in), takeProof(in));
          case GO -> takeGo(in);
        };
    in.requireEnd();
    return message;
  }

  private static Terms takeTerms(WireSlice in) throws MalformedMessage {
    long nonce = in.takeLongLittleEndian();
    IpEndpoint endpoint = Bincode.takeEndpoint(in);
    int number = in.takeByte();
    EndpointMapping mapping = EndpointMapping.of(number);
    if (mapping == null) {
      throw new MalformedMessage("no mapping has the number " + number);
    }
    return new Terms(nonce, endpoint, mapping);
  }

  private static Proof takeProof(WireSlice in) throws MalformedMessage {
    Bytes publicKey = Bincode.takeBytes(in, MAX_KEY_BYTES);
    return new Proof(publicKey, Bincode.takeBytes(in, MAX_SIGNATURE_BYTES));
  }

  private static Go takeGo(WireSlice in) throws MalformedMessage {
    long nonce = in.takeLongLittleEndian();
    int number = in.takeByte();
    if (number < 1 || number > MAX_TRIES) {
      throw new MalformedMessage("there is no try " + number);
    }
    return new Go(nonce, number);
  }
}
