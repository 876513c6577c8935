package dev.waggle.domain.session;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.crypto.toy.ToySuite;
import dev.waggle.domain.channel.CountingAead;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.domain.handshake.HandshakeSettings;
import dev.waggle.ports.wire.WireCodec;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings that no session could keep to are refused before there is one. */
class SessionSettingsTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final List<WireCodec> CODECS = List.of(new BincodeCodec());

  private final HandshakeSettings handshake = SessionPeer.settings(1).handshake();

  @Test
  void timeoutOfNothing_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionSettings(handshake, CODECS, Duration.ZERO, SECOND));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionSettings(handshake, CODECS, SECOND, Duration.ZERO));
  }

  @Test
  void codecsThatAreNotThoseOfTheHandshake_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SessionSettings(handshake, List.of()));
  }

  @Test
  void suiteThatDoesNotFitRecords_isRefused() {
    CountingAead unfit =
        new CountingAead() {
          @Override
          public int tagLength() {
            return 12;
          }
        };

    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionPeer.settings(1, unfit.in(ToySuite.create())));
  }
}
