package dev.waggle.domain.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every transition of {@link PeerLink}, those that must not happen included. */
class PeerLinkTest {
  @ParameterizedTest
  @CsvSource({
    "Active, leave, Leaving",
    "Active, close, Closing",
    "Leaving, leave, -",
    "Leaving, close, Closing",
    "Closing, leave, -",
    "Closing, close, -",
  })
  void transition(String from, String event, String to) {
    PeerLink link = PeerLinks.inbound(1);
    if (!from.equals("Active")) {
      happen(link, from.equals("Leaving") ? "leave" : "close");
    }
    if (to.equals("-")) {
      PeerLink.State before = link.state();
      assertThatIllegalStateException().isThrownBy(() -> happen(link, event));
      assertThat(link.state()).isEqualTo(before);
    } else {
      happen(link, event);
      assertThat(link.state().getClass().getSimpleName()).isEqualTo(to);
    }
  }

  private static void happen(PeerLink link, String event) {
    switch (event) {
      case "leave" -> link.leave(100);
      case "close" -> link.close();
      default -> throw new AssertionError(event);
    }
  }
}
