package dev.waggle.domain.punch;

import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What liars have relays say. */
public final class Calls {
  private Calls() {}

  /** A call that is signed by {@code liar}, in the name of {@code from}. */
  public static Bytes call(
      HandshakeSettings liar, PeerId from, PeerId to, long nonce, IpEndpoint at) {
    Terms terms = new Terms(nonce, at, EndpointMapping.INDEPENDENT);
    return new Statement(from, to, PunchMessage.Tag.CALL, terms).signed(liar);
  }

  /** The same in its own name. */
  public static Bytes call(HandshakeSettings caller, PeerId to, long nonce, IpEndpoint at) {
    return call(caller, caller.identity().peerId(), to, nonce, at);
  }

  /** An answer in its own name. */
  public static Bytes answer(HandshakeSettings callee, PeerId to, long nonce, IpEndpoint at) {
    Terms terms = new Terms(nonce, at, EndpointMapping.INDEPENDENT);
    PeerId from = callee.identity().peerId();
    return new Statement(from, to, PunchMessage.Tag.ANSWER, terms).signed(callee);
  }

  /** The word to go, by whomever. */
  public static Bytes go(long nonce, int number) {
    return PunchMessage.encode(new PunchMessage.Go(nonce, number));
  }

  /** Whether a body is a Go. */
  public static boolean isGo(Bytes body) {
    return startsWith(body, PunchMessage.Tag.GO);
  }

  /** Whether a body is an Answer. */
  public static boolean isAnswer(Bytes body) {
    return startsWith(body, PunchMessage.Tag.ANSWER);
  }

  /** Whether a body is a Call. */
  public static boolean isCall(Bytes body) {
    return startsWith(body, PunchMessage.Tag.CALL);
  }

  /** The nonce of a body. */
  public static long nonce(Bytes body) {
    byte[] array = body.toArray();
    return ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN).getLong(Integer.BYTES);
  }

  private static boolean startsWith(Bytes body, PunchMessage.Tag tag) {
    return body.toArray()[0] == tag.number();
  }
}
