package dev.waggle.domain.handshake;

import static dev.waggle.domain.handshake.Handshakes.done;
import static dev.waggle.domain.handshake.Handshakes.receive;
import static dev.waggle.domain.handshake.Handshakes.sent;
import static dev.waggle.domain.handshake.Handshakes.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.handshake.Handshakes.Run;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.wire.MalformedMessage;
import org.jspecify.annotations.Nullable;

/** Handshakes of two sides that have both dialled, and who wins (PROTOCOL §4.8). */
public final class Crossings {
  static final String LEAST = "00".repeat(32);
  static final String GREATEST = "ff".repeat(32);

  private Crossings() {}

  /** Whether the first of two Offers, each with the header of its frame, is the one that wins. */
  public static boolean wins(byte[] one, byte[] other) {
    return randomOf(unframed(one)).compareTo(randomOf(unframed(other))) > 0;
  }

  private static Bytes unframed(byte[] frame) {
    return Bytes.copyOf(frame, FrameBounds.HEADER_BYTES, frame.length - FrameBounds.HEADER_BYTES);
  }

  /** A side that dials {@code pinned} while that may dial it. */
  static Handshake crossing(HandshakeSettings own, HandshakeSettings pinned) {
    return Handshake.crossing(own, own.suites().getFirst(), id(pinned));
  }

  static PeerId id(HandshakeSettings node) {
    return node.identity().peerId();
  }

  /** The same node, whose next Offer has this random string. */
  static HandshakeSettings drawing(HandshakeSettings node, String random) {
    RandomSource rest = new SeededRandom(node.identity().peerId().hashCode());
    boolean[] drawn = {false};
    return new HandshakeSettings(
        node.identity(),
        node.networkId(),
        node.suites(),
        node.codecs(),
        node.features(),
        node.sha256(),
        target -> {
          if (drawn[0]) {
            rest.fill(target);
          } else {
            drawn[0] = true;
            Bytes.ofHex(random).copyTo(target, 0);
          }
        });
  }

  /** The Offer of a node that dials, with this random string. */
  static Bytes offer(HandshakeSettings from, String random) {
    return sent(start(Handshakes.initiator(drawing(from, random))));
  }

  /** {@code offer}, but for its random string. */
  static Bytes withRandom(Bytes offer, String random) {
    HandshakeOffer fields = decoded(offer);
    return new HandshakeOffer(
            fields.versions(),
            fields.networkId(),
            fields.suites(),
            fields.codecs(),
            fields.features(),
            Bytes.ofHex(random),
            fields.keySuite(),
            fields.kemKey())
        .encode();
  }

  static Bytes randomOf(Bytes offer) {
    return decoded(offer).random();
  }

  private static HandshakeOffer decoded(Bytes offer) {
    try {
      return HandshakeOffer.decode(offer);
    } catch (MalformedMessage e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Everything that a crossing said and left.
   *
   * @param lostOffer null if no Offer was
   */
  record Crossed(@Nullable Bytes lostOffer, Run run) {

    /** Has the Offers of both cross, of which that of {@code staying} is the greater. */
    static Crossed of(Handshake staying, Handshake yielding) {
      Bytes offer = sent(start(staying));
      Bytes lostOffer = sent(start(yielding));
      assertThat(receive(staying, lostOffer)).isInstanceOf(HandshakeStep.Await.class);
      Bytes acceptance = sent(receive(yielding, offer));
      HandshakeStep.Done stayed = done(receive(staying, acceptance));
      Bytes confirmation = stayed.lastMessage();
      assertThat(confirmation).isNotNull();
      HandshakeStep.Done yielded = done(receive(yielding, confirmation));
      assertThat(yielded.lastMessage()).isNull();
      return new Crossed(
          lostOffer, new Run(offer, acceptance, confirmation, stayed.result(), yielded.result()));
    }
  }
}
