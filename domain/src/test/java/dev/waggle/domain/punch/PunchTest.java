package dev.waggle.domain.punch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every transition of {@link Punch}, those that must not happen included. */
final class PunchTest {
  private static final PeerId PEER = new PeerId(Bytes.wrap(new byte[PeerId.LENGTH]));
  private static final Terms OURS = terms(1);
  private static final Terms THEIRS = terms(2);
  private static final Notarization WORK =
      Notarization.signing(new Statement(PEER, PEER, PunchMessage.Tag.CALL, OURS));
  private static final long NOW = 1_000;

  private static Terms terms(int address) {
    IpEndpoint at = new IpEndpoint(IpAddress.ofIpv4(address), 9);
    return new Terms(7, at, EndpointMapping.UNKNOWN);
  }

  private static Punch caller(String state) {
    Punch punch = Punch.calling(PEER, new LinkId(1), OURS, WORK, NOW);
    String way =
        switch (state) {
          case "Preparing" -> "";
          case "Calling" -> "sent";
          case "Checking" -> "sent answered";
          case "Starting" -> "sent answered starting";
          case "Dialling" -> "sent answered starting dialling";
          case "Pausing" -> "sent answered starting dialling pausing";
          case "Lingering" -> "sent answered starting dialling lingering";
          case "Linked" -> "linked";
          default -> throw new AssertionError(state);
        };
    return happen(punch, way);
  }

  private static Punch callee(String state) {
    Punch punch = Punch.called(PEER, new LinkId(1), OURS, THEIRS, WORK, NOW);
    String way =
        switch (state) {
          case "Preparing" -> "";
          case "Ready" -> "ready";
          case "Dialling" -> "ready dialling";
          case "Lingering" -> "ready dialling lingering";
          case "Linked" -> "linked";
          default -> throw new AssertionError(state);
        };
    return happen(punch, way);
  }

  private static Punch happen(Punch punch, String events) {
    for (String event : events.isEmpty() ? new String[0] : events.split(" ")) {
      switch (event) {
        case "sent" -> punch.sent(NOW);
        case "answered" -> punch.answered(WORK, THEIRS, NOW + 100);
        case "starting" -> {
          if (punch.state() instanceof Punch.Checking) {
            punch.checked();
          }
          punch.starting(NOW);
        }
        case "ready" -> punch.ready(NOW);
        case "dialling" -> punch.dialling();
        case "pausing" -> punch.pausing(NOW);
        case "lingering" -> punch.lingering(NOW);
        case "linked" -> punch.linked(NOW);
        default -> throw new AssertionError(event);
      }
    }
    return punch;
  }

  private static void check(Punch punch, String event, String to) {
    Punch.State before = punch.state();
    if (to.equals("-")) {
      assertThatIllegalStateException().isThrownBy(() -> happen(punch, event));
      assertThat(punch.state()).isEqualTo(before);
    } else {
      happen(punch, event);
      assertThat(punch.state().getClass().getSimpleName()).isEqualTo(to);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Preparing, Calling, -, -, -, -, -, -, Linked",
    "Calling, -, Checking, -, -, -, -, -, Linked",
    "Checking, -, -, Starting, -, -, -, -, Linked",
    "Starting, -, -, -, -, Dialling, -, -, Linked",
    "Dialling, -, -, -, -, Dialling, Pausing, Lingering, Linked",
    "Pausing, -, -, Starting, -, -, -, -, Linked",
    "Lingering, -, -, -, -, -, -, -, Linked",
    "Linked, -, -, -, -, -, -, -, -",
  })
  void callersTransitions(
      String from,
      String sent,
      String answered,
      String starting,
      String ready,
      String dialling,
      String pausing,
      String lingering,
      String linked) {
    check(caller(from), "sent", sent);
    check(caller(from), "answered", answered);
    check(caller(from), "starting", starting);
    check(caller(from), "ready", ready);
    check(caller(from), "dialling", dialling);
    check(caller(from), "pausing", pausing);
    check(caller(from), "lingering", lingering);
    check(caller(from), "linked", linked);
  }

  @ParameterizedTest
  @CsvSource({
    "Preparing, -, -, -, Ready, -, -, -, Linked",
    "Ready, -, -, -, -, Dialling, -, -, Linked",
    "Dialling, -, -, -, Ready, Dialling, -, Lingering, Linked",
    "Lingering, -, -, -, -, -, -, -, Linked",
    "Linked, -, -, -, -, -, -, -, -",
  })
  void calleesTransitions(
      String from,
      String sent,
      String answered,
      String starting,
      String ready,
      String dialling,
      String pausing,
      String lingering,
      String linked) {
    check(callee(from), "sent", sent);
    check(callee(from), "answered", answered);
    check(callee(from), "starting", starting);
    check(callee(from), "ready", ready);
    check(callee(from), "dialling", dialling);
    check(callee(from), "pausing", pausing);
    check(callee(from), "lingering", lingering);
    check(callee(from), "linked", linked);
  }

  @Test
  void caller_dialsHalfARoundTripAfterItsWord() {
    Punch punch = caller("Starting");
    assertThat(punch.roundTripNanos()).isEqualTo(100);
    assertThat(punch.state()).isEqualTo(new Punch.Starting(NOW + 50));
    assertThat(punch.tries()).isEqualTo(1);
    assertThat(punch.peerEndpoint()).isEqualTo(THEIRS.endpoint());
  }

  @Test
  void callee_goesOnceForEachTry_andNotBack() {
    Punch punch = callee("Ready");
    assertThat(punch.told(2)).isTrue();
    punch.dialling();
    assertThat(punch.told(2)).isFalse();
    assertThat(punch.told(1)).isFalse();
    assertThat(punch.takeNext()).isFalse();
    assertThat(punch.told(3)).isFalse(); // It counts when the dial has failed.
    assertThat(punch.takeNext()).isTrue();
    assertThat(punch.takeNext()).isFalse();
    assertThat(punch.tries()).isEqualTo(3);
    assertThat(callee("Preparing").told(1)).isFalse();
    assertThat(callee("Linked").told(1)).isFalse();
  }

  @Test
  void linksThatComeIn_countOnlyAfterATry_andAsOftenAsThereAreTries() {
    Punch punch = callee("Ready");
    assertThat(punch.takeIncoming()).isFalse();
    assertThat(punch.told(1)).isTrue();
    for (int i = 0; i < PunchMessage.MAX_TRIES; i++) {
      assertThat(punch.takeIncoming()).isTrue();
    }
    assertThat(punch.takeIncoming()).isFalse();
  }
}
