package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every transition of {@link DialTarget}, those that must not happen included. */
class DialTargetTest {
  private static final PeerId PEER = new PeerId(Bytes.wrap(new byte[PeerId.LENGTH]));

  @ParameterizedTest
  @CsvSource({
    "Waiting, dialling, Dialling",
    "Waiting, established, -",
    "Waiting, postponed, Waiting",
    "Waiting, dropped, -",
    "Dialling, dialling, -",
    "Dialling, established, Linked",
    "Dialling, postponed, Waiting",
    "Dialling, dropped, Dropped",
    "Linked, dialling, -",
    "Linked, established, -",
    "Linked, postponed, Waiting",
    "Linked, dropped, -",
    "Dropped, dialling, -",
    "Dropped, established, -",
    "Dropped, postponed, -",
    "Dropped, dropped, -",
  })
  void transition(String from, String event, String to) {
    DialTarget target = in(from);
    if (to.equals("-")) {
      DialTarget.State before = target.state();
      assertThatThrownBy(() -> event(event).accept(target))
          .isInstanceOf(IllegalStateException.class);
      assertThat(target.state()).isEqualTo(before);
    } else {
      event(event).accept(target);
      assertThat(target.state().getClass().getSimpleName()).isEqualTo(to);
    }
  }

  private static DialTarget in(String state) {
    DialTarget target = new DialTarget(PeerAddress.parse("10.0.0.1:9000"), Purpose.SEED, 0);
    switch (state) {
      case "Waiting" -> {}
      case "Dialling" -> target.dialling();
      case "Linked" -> {
        target.dialling();
        event("established").accept(target);
      }
      case "Dropped" -> {
        target.dialling();
        target.dropped();
      }
      default -> throw new AssertionError(state);
    }
    return target;
  }

  private static Consumer<DialTarget> event(String name) {
    return switch (name) {
      case "dialling" -> DialTarget::dialling;
      case "established" -> target -> target.established(new LinkId(1), PEER);
      case "postponed" -> target -> target.postponed(1, 100);
      case "dropped" -> DialTarget::dropped;
      default -> throw new AssertionError(name);
    };
  }
}
