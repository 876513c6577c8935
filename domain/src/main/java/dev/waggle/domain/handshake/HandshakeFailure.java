package dev.waggle.domain.handshake;

import dev.waggle.domain.Fault;
import dev.waggle.ports.crypto.CipherSuite;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a handshake failed, for the operator. The peer is told only of refusals (PROTOCOL §4.6).
 *
 * @param kind what went wrong
 * @param detail words for the operator
 * @param retryWith after a SUITE_MISMATCH, the suite to make the key for when dialling once more
 *     with the same list (PROTOCOL §4.3); null if that would not help
 */
public record HandshakeFailure(Kind kind, String detail, @Nullable CipherSuite retryWith) {

  public HandshakeFailure(Kind kind, String detail) {
    this(kind, detail, null);
  }

  /** What can go wrong, and who is at fault then. */
  public enum Kind {
    /** The peer speaks another version of the protocol. */
    VERSION_MISMATCH(Fault.ENVIRONMENT),
    /** The peer belongs to another network. */
    NETWORK_MISMATCH(Fault.ENVIRONMENT),
    /** No suite in common, or the offered key is for another one. */
    SUITE_MISMATCH(Fault.ENVIRONMENT),
    /** No codec in common. */
    CODEC_MISMATCH(Fault.ENVIRONMENT),
    /** Bytes that are no handshake message. */
    MALFORMED(Fault.PEER),
    /** A message out of turn, or a choice that was not offered. */
    UNEXPECTED(Fault.PEER),
    /** A sealed part, a signature or a MAC that does not hold. */
    FORGED(Fault.PEER),
    /** The peer is not whom this side has dialled. */
    WRONG_PEER(Fault.PEER),
    /** The node reached itself. */
    SELF(Fault.ENVIRONMENT),
    /** Not done within the deadline. */
    TIMED_OUT(Fault.PEER);

    private final Fault fault;

    Kind(Fault fault) {
      this.fault = fault;
    }

    public Fault fault() {
      return fault;
    }
  }

  public Fault fault() {
    return kind.fault();
  }

  /** What happened, in lower-case words for the operator. */
  public String words() {
    String word = kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    return detail.isEmpty() ? word : word + ": " + detail;
  }
}
