package dev.waggle.domain.session;

import dev.waggle.domain.channel.SecureChannel;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.ports.wire.WireCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a node brings to each of its sessions; one value serves all of them, on any thread.
 *
 * @param handshake who the node is, and what it offers
 * @param codecs those that the handshake offers, in the same order
 * @param offerTimeout from the connection's first moment to the last byte of the peer's Offer
 * @param handshakeTimeout from the connection's first moment to the established session
 */
public record SessionSettings(
    HandshakeSettings handshake,
    List<WireCodec> codecs,
    Duration offerTimeout,
    Duration handshakeTimeout) {
  /**
   * The Offer is sent as soon as the connection stands, and fits into one window of TCP: this is
   * room for losing it twice (PROTOCOL §4.7).
   */
  public static final Duration OFFER_TIMEOUT = Duration.ofSeconds(3);

  /** A hundred times what lattices and a slow network take (PROTOCOL §4.7). */
  public static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

  /** Checks and copies. Any breach of the above is an {@link IllegalArgumentException}. */
  public SessionSettings {
    codecs = Collections.unmodifiableList(new ArrayList<>(codecs));
    List<String> names = codecs.stream().map(WireCodec::name).toList();
    if (!names.equals(handshake.codecs())) {
      throw new IllegalArgumentException(
          "the handshake offers the codecs " + handshake.codecs() + ", but there are " + names);
    }
    requireTime(offerTimeout);
    requireTime(handshakeTimeout);
    handshake.suites().forEach(suite -> SecureChannel.requireFit(suite.aead()));
  }

  private static void requireTime(Duration timeout) {
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("a handshake takes time, and not " + timeout);
    }
  }

  /** Settings with the timeouts that the protocol recommends. */
  public SessionSettings(HandshakeSettings handshake, List<WireCodec> codecs) {
    this(handshake, codecs, OFFER_TIMEOUT, HANDSHAKE_TIMEOUT);
  }

  /** The codec that a handshake with these settings has agreed on. */
  WireCodec codec(String name) {
    for (WireCodec codec : codecs) {
      if (codec.name().equals(name)) {
        return codec;
      }
    }
    throw new IllegalStateException("the handshake agreed on a codec that we did not offer");
  }
}
