package dev.waggle.domain.session;

import dev.waggle.domain.Fault;
import dev.waggle.domain.handshake.HandshakeFailure;

/** Why a session ended before anybody wanted it to. The peer is told nothing (PROTOCOL §6.1). */
public sealed interface SessionFailure {
  Fault fault();

  /** What happened, in lower-case words for the operator. */
  String detail();

  /** The handshake did not come to a good end. */
  record Handshake(HandshakeFailure cause) implements SessionFailure {
    @Override
    public Fault fault() {
      return cause.fault();
    }

    @Override
    public String detail() {
      return "handshake: " + cause.words();
    }
  }

  /**
   * A frame announced a length that none may have (PROTOCOL §5).
   *
   * @param length in bytes, as announced
   */
  record FrameOutOfBounds(long length) implements SessionFailure {
    @Override
    public Fault fault() {
      return Fault.PEER;
    }

    @Override
    public String detail() {
      return "a frame of " + length + " bytes";
    }
  }

  /**
   * A record did not open (PROTOCOL §6.1): it is not what the peer sealed, or not the next one.
   *
   * @param length of the frame, in bytes
   */
  record RecordForged(long length) implements SessionFailure {
    @Override
    public Fault fault() {
      return Fault.PEER;
    }

    @Override
    public String detail() {
      return "a record that does not open";
    }
  }

  /** A key ended after too few records (PROTOCOL §6.3): each change costs the receiver. */
  record UntimelyKeyChange() implements SessionFailure {
    @Override
    public Fault fault() {
      return Fault.PEER;
    }

    @Override
    public String detail() {
      return "a key that ends after too few records";
    }
  }

  /** Something in the stream of messages is none (PROTOCOL §7.1, §7.2). */
  record MalformedStream(String detail) implements SessionFailure {
    @Override
    public Fault fault() {
      return Fault.PEER;
    }
  }

  /**
   * More arrived during the handshake's work than can be held: the driver went on reading.
   *
   * @param bytes how many there were
   */
  record TooMuchHeld(long bytes) implements SessionFailure {
    @Override
    public Fault fault() {
      return Fault.CALLER;
    }

    @Override
    public String detail() {
      return bytes + " bytes during the handshake's work";
    }
  }

  /**
   * There was no memory for a message that spans records, or for what arrived during the
   * handshake's work, and none could be made free.
   *
   * @param bytes in all: of the message, as announced, or of what would have been held
   */
  record NoRoom(long bytes) implements SessionFailure {
    @Override
    public Fault fault() {
      return Fault.ENVIRONMENT;
    }

    @Override
    public String detail() {
      return "no memory for " + bytes + " bytes";
    }
  }
}
