package dev.waggle.domain.handshake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.domain.handshake.Handshakes.Run;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.CipherSuite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of transitions in the header of {@link HandshakeState}, every cell of it. */
final class HandshakeStateTest {

  /** Rows: states. Columns: events. Cells: the next state, or - for a mistake of the driver. */
  private static final String TABLE =
      """
      state                 start         resume               resume-bad         offer          lesser             own            foreign acceptance         refusal confirmation         garbage close
      InitiatorIdle         GeneratingKey -                    -                  -              -                  -              -       -                  -       -                    -       Closed
      GeneratingKey         -             AwaitingAcceptance   AwaitingAcceptance Failed         Failed             Failed         Failed  Failed             Failed  Failed               Failed  Closed
      AwaitingAcceptance    -             -                    -                  Failed         Failed             Failed         Failed  CheckingAcceptance Failed  Failed               Failed  Closed
      CheckingAcceptance    -             Established          Failed             Failed         Failed             Failed         Failed  Failed             Failed  Failed               Failed  Closed
      CrossingIdle          GeneratingKey -                    -                  -              -                  -              -       -                  -       -                    -       Closed
      AwaitingAnswerOrOffer -             -                    -                  AcceptingOffer AwaitingAcceptance Failed         Failed  CheckingAcceptance Failed  Failed               Failed  Closed
      ResponderIdle         AwaitingOffer -                    -                  -              -                  -              -       -                  -       -                    -       Closed
      AwaitingOffer         -             -                    -                  AcceptingOffer AcceptingOffer     AcceptingOffer Failed  Failed             Failed  Failed               Failed  Closed
      AcceptingOffer        -             AwaitingConfirmation Failed             Failed         Failed             Failed         Failed  Failed             Failed  Failed               Failed  Closed
      AwaitingConfirmation  -             -                    -                  Failed         Failed             Failed         Failed  Failed             Failed  CheckingConfirmation Failed  Closed
      CheckingConfirmation  -             Established          Failed             Failed         Failed             Failed         Failed  Failed             Failed  Failed               Failed  Closed
      Established           -             -                    -                  -              -                  -              -       -                  -       -                    -       Established
      Failed                -             Failed               Failed             Failed         Failed             Failed         Failed  Failed             Failed  Failed               Failed  Closed
      Closed                -             Closed               Closed             Closed         Closed             Closed         Closed  Closed             Closed  Closed               Closed  Closed
      """;

  private static final CipherSuite SUITE = ForwardingKem.refusingZeros(Handshakes.TOY);

  private static final HandshakeRefusal REFUSAL =
      new HandshakeRefusal(HandshakeRefusal.Code.SUITE_MISMATCH, List.of(1), List.of(1));

  private static final List<String> RESPONDER_STATES =
      List.of(
          "ResponderIdle",
          "AwaitingOffer",
          "AcceptingOffer",
          "AwaitingConfirmation",
          "CheckingConfirmation");

  private static final List<String> CROSSING_STATES =
      List.of("CrossingIdle", "AwaitingAnswerOrOffer");

  static Stream<Arguments> cells() {
    List<List<String>> rows =
        TABLE.lines().map(line -> Arrays.asList(line.trim().split(" +"))).toList();
    List<String> events = rows.getFirst();
    List<Arguments> cells = new ArrayList<>();
    for (List<String> row : rows.subList(1, rows.size())) {
      for (int i = 1; i < row.size(); i++) {
        cells.add(Arguments.of(row.getFirst(), events.get(i), row.get(i)));
      }
    }
    return cells.stream();
  }

  @ParameterizedTest(name = "{0} + {1} -> {2}")
  @MethodSource("cells")
  void transition_isTheOneOfTheTable(String state, String event, String next) {
    Scene scene = new Scene(state, event.equals("resume-bad"));
    assertThat(scene.state()).isEqualTo(state);

    if (next.equals("-")) {
      assertThatThrownBy(() -> scene.happen(event)).isInstanceOf(IllegalStateException.class);
      assertThat(scene.state()).isEqualTo(state);
      return;
    }
    HandshakeStep step = scene.happen(event);

    assertThat(scene.state()).isEqualTo(next);
    if (!event.equals("close")) {
      assertThat(step.getClass().getSimpleName()).isEqualTo(stepInto(next, event));
    }
  }

  @ParameterizedTest
  @MethodSource("states")
  void everyState_hasItsRow(String state) {
    assertThat(cells().map(cell -> cell.get()[0])).contains(state);
  }

  static Stream<String> states() {
    return leaves(HandshakeState.class).map(Class::getSimpleName);
  }

  private static Stream<Class<?>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(HandshakeStateTest::leaves)
        : Stream.of(type);
  }

  /** The step by which an event leads into a state. */
  private static String stepInto(String state, String event) {
    return switch (state) {
      case "GeneratingKey", "CheckingAcceptance", "AcceptingOffer", "CheckingConfirmation" ->
          "Compute";
      case "AwaitingAcceptance" -> event.equals("lesser") ? "Await" : "Send";
      case "AwaitingConfirmation" -> "Send";
      case "Established" -> "Done";
      case "Failed" -> "Failed";
      case "AwaitingOffer", "Closed" -> "Await";
      default -> throw new IllegalArgumentException(state);
    };
  }

  /** A handshake in a given state, and whatever can happen to it there. */
  private static final class Scene {
    private final Handshake initiator = Handshakes.initiator(node(1));
    private final Handshake responder = Handshake.responder(node(2));
    private final Handshake crossing =
        Handshake.crossing(node(6), SUITE, node(7).identity().peerId());
    private final String state;
    private final boolean bad;
    private final Handshake handshake;

    private HandshakeWork work = workOf(Handshakes.initiator(node(3)).start());
    private Bytes offer;
    private Bytes own;
    private Bytes acceptance;
    private Bytes confirmation;
    private boolean spoil;

    /**
     * @param bad whether work that is under way in {@code state} is bound to fail
     */
    Scene(String state, boolean bad) {
      this.state = state;
      this.bad = bad;
      Run other = Run.of(node(4), node(5));
      offer = Crossings.withRandom(other.offer(), Crossings.GREATEST);
      own = offer;
      acceptance = other.acceptance();
      confirmation = other.confirmation();
      if (CROSSING_STATES.contains(state)) {
        handshake = crossing;
      } else {
        handshake = RESPONDER_STATES.contains(state) ? responder : initiator;
      }
      reach();
    }

    private static HandshakeSettings node(long seed) {
      return Handshakes.node(seed, List.of(SUITE), List.of(Handshakes.BINCODE));
    }

    private void reach() {
      Map<String, Runnable> script = new LinkedHashMap<>();
      script.put("GeneratingKey", () -> work = workOf(initiator.start()));
      script.put("AwaitingAcceptance", () -> offer = Handshakes.sent(resume(initiator)));
      script.put("AwaitingOffer", responder::start);
      script.put("AcceptingOffer", () -> work = workOf(responder.receive(key(offer))));
      script.put("AwaitingConfirmation", () -> acceptance = Handshakes.sent(resume(responder)));
      script.put("CheckingAcceptance", () -> work = workOf(initiator.receive(proof(acceptance))));
      script.put(
          "Established", () -> confirmation = Handshakes.done(resume(initiator)).lastMessage());
      script.put(
          "CheckingConfirmation", () -> work = workOf(responder.receive(proof(confirmation))));
      switch (state) {
        case "InitiatorIdle", "CrossingIdle", "ResponderIdle" -> {}
        case "AwaitingAnswerOrOffer" -> own = Handshakes.sent(Handshakes.start(crossing));
        case "Closed" -> handshake.close();
        case "Failed" -> {
          Handshakes.start(handshake);
          handshake.receive(Bytes.EMPTY);
        }
        default -> {
          for (Map.Entry<String, Runnable> step : script.entrySet()) {
            boolean last = step.getKey().equals(state);
            spoil = bad && last;
            step.getValue().run();
            if (last) {
              return;
            }
          }
        }
      }
    }

    /** The Offer, with a key that the KEM refuses if need be. */
    private Bytes key(Bytes message) {
      byte[] bytes = message.toArray();
      if (spoil) {
        Arrays.fill(bytes, bytes.length - SUITE.kem().publicKeyLength(), bytes.length, (byte) 0);
      }
      return Bytes.wrap(bytes);
    }

    /** A message that ends with a sealed proof, forged if need be. */
    private Bytes proof(Bytes message) {
      return spoil ? Handshakes.flipped(message, message.length() - 1) : message;
    }

    private static HandshakeWork workOf(HandshakeStep step) {
      return ((HandshakeStep.Compute) step).work();
    }

    private HandshakeStep resume(Handshake who) {
      return who.resume(work.compute());
    }

    String state() {
      return handshake.state().getClass().getSimpleName();
    }

    HandshakeStep happen(String event) {
      return switch (event) {
        case "start" -> handshake.start();
        case "resume", "resume-bad" -> resume(handshake);
        case "offer" -> handshake.receive(offer);
        case "lesser" -> handshake.receive(Crossings.withRandom(offer, Crossings.LEAST));
        case "own" -> handshake.receive(own);
        case "foreign" -> handshake.receive(Bytes.ofHex("0900"));
        case "acceptance" -> handshake.receive(acceptance);
        case "refusal" -> handshake.receive(REFUSAL.encode());
        case "confirmation" -> handshake.receive(confirmation);
        case "garbage" -> handshake.receive(Bytes.ofHex("ff"));
        case "close" -> {
          handshake.close();
          yield new HandshakeStep.Await();
        }
        default -> throw new IllegalArgumentException(event);
      };
    }
  }
}
