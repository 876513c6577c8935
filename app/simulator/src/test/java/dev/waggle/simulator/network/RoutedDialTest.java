package dev.waggle.simulator.network;

import static dev.waggle.simulator.network.Lines.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.node.DialWay;
import dev.waggle.ports.transport.CloseReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who reaches whom through which routers, as RFC 5128 §3.4 and RFC 4787 predict. */
class RoutedDialTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Lines lines = new Lines(20 * MILLI, 0);

  /** A host that listens, and what has become of its connections. */
  private final class Machine {
    private final Host host;
    private final List<Side> accepted = new ArrayList<>();

    Machine(@Nullable NatKind router) {
      host = lines.network.addHost(new HostSettings(0, 0, 0, true, router));
      host.start();
      host.listen(
          _ -> {
            Side side = new Side();
            accepted.add(side);
            return side;
          });
    }

    Side dial(Machine there, int port, DialWay way) {
      Side side = new Side();
      lines.network.dial(host, there.host, port, way, side);
      return side;
    }

    /** Where it is seen by somebody whom it dials from its listening port. */
    int seenBy(Machine witness) {
      Side side = dial(witness, Host.PORT, DialWay.OWN_PORT);
      run(Duration.ofSeconds(1));
      assertThat(side.wire).isNotNull();
      return witness.accepted.getLast().open().remotePort();
    }

    int open() {
      return (int) accepted.stream().filter(side -> side.wire != null).count();
    }
  }

  /** One side of a connection. */
  private static final class Side implements WireListener {
    private @Nullable Wire wire;
    private @Nullable CloseReason closed;

    Wire open() {
      return Objects.requireNonNull(wire, "no connection");
    }

    @Override
    public void opened(Wire opened) {
      wire = opened;
    }

    @Override
    public void heard() {}

    @Override
    public void received(Object content) {}

    @Override
    public void writable() {}

    @Override
    public void closed(CloseReason why) {
      closed = why;
    }
  }

  private void run(Duration duration) {
    lines.queue.run(lines.queue.nowNanos() + duration.toNanos());
  }

  @ParameterizedTest
  @EnumSource(NatKind.class)
  void stranger_reachesAHostBehindAFullConeOnly(NatKind kind) {
    Machine hidden = new Machine(kind);
    int port = hidden.seenBy(new Machine(null));

    Side side = new Machine(null).dial(hidden, port, DialWay.ANY_PORT);
    run(MINUTE);

    assertThat(side.wire != null).isEqualTo(kind == NatKind.FULL_CONE);
    assertThat(hidden.open()).isEqualTo(kind == NatKind.FULL_CONE ? 1 : 0);
    assertThat(lines.network.dials()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "FULL_CONE,       FULL_CONE,       true",
    "FULL_CONE,       RESTRICTED,      true",
    "FULL_CONE,       PORT_RESTRICTED, true",
    "FULL_CONE,       SYMMETRIC,       true",
    "RESTRICTED,      RESTRICTED,      true",
    "RESTRICTED,      PORT_RESTRICTED, true",
    "RESTRICTED,      SYMMETRIC,       true",
    "PORT_RESTRICTED, PORT_RESTRICTED, true",
    "PORT_RESTRICTED, SYMMETRIC,       false",
    "SYMMETRIC,       SYMMETRIC,       false"
  })
  void twoThatPunch_meet_unlessOneCannotKnowThePortThatTheOtherLetsIn(
      NatKind one, NatKind other, boolean meet) {
    Machine left = new Machine(one);
    Machine right = new Machine(other);
    int leftPort = left.seenBy(new Machine(null));
    int rightPort = right.seenBy(new Machine(null));

    Side fromLeft = left.dial(right, rightPort, DialWay.PUNCH);
    Side fromRight = right.dial(left, leftPort, DialWay.PUNCH);
    run(MINUTE);

    List<Side> sides = new ArrayList<>(List.of(fromLeft, fromRight));
    sides.addAll(left.accepted);
    sides.addAll(right.accepted);
    assertThat(sides.stream().filter(side -> side.wire != null && side.closed == null))
        .as("sides of connections that stand")
        .hasSize(meet ? 2 : 0);
    assertThat(lines.network.dials()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"PORT_RESTRICTED, PORT_RESTRICTED", "RESTRICTED, PORT_RESTRICTED"})
  void dialsThatCross_areOneConnection_inWhichOneBegins(NatKind one, NatKind other) {
    Machine left = new Machine(one);
    Machine right = new Machine(other);
    int leftPort = left.seenBy(new Machine(null));
    int rightPort = right.seenBy(new Machine(null));

    Side fromLeft = left.dial(right, rightPort, DialWay.PUNCH);
    run(Duration.ofMillis(500)); // The first SYN is lost: the way is not open yet.
    assertThat(fromLeft.wire).isNull();
    Side fromRight = right.dial(left, leftPort, DialWay.PUNCH);
    run(MINUTE);

    Wire here = fromLeft.open();
    Wire there = fromRight.open();
    assertThat(here.begins()).isNotEqualTo(there.begins());
    assertThat(here.localPort()).isEqualTo(Host.PORT);
    assertThat(here.remotePort()).isEqualTo(rightPort);
    assertThat(there.remotePort()).isEqualTo(leftPort);
    assertThat(left.open() + right.open()).as("connections that nobody dialled here").isZero();
  }

  @Test
  void portThatIsDialledAlready_failsOrIsAnother() {
    Machine seen = new Machine(null);
    Machine hidden = new Machine(NatKind.PORT_RESTRICTED);
    Side first = hidden.dial(seen, Host.PORT, DialWay.OWN_PORT);
    run(Duration.ofSeconds(1));
    Side second = hidden.dial(seen, Host.PORT, DialWay.OWN_PORT);
    Side punch = hidden.dial(seen, Host.PORT, DialWay.PUNCH);
    run(Duration.ofSeconds(1));

    assertThat(first.open().localPort()).isEqualTo(Host.PORT);
    assertThat(second.open().localPort()).isNotEqualTo(Host.PORT);
    assertThat(punch.closed).isEqualTo(CloseReason.of(CloseReason.Cause.FAILED));
  }

  @Test
  void whoDiesWhileDialsCross_leavesTheOtherOneAFailedDial() {
    Machine left = new Machine(NatKind.PORT_RESTRICTED);
    Machine right = new Machine(NatKind.PORT_RESTRICTED);
    int leftPort = left.seenBy(new Machine(null));
    int rightPort = right.seenBy(new Machine(null));
    Side fromLeft = left.dial(right, rightPort, DialWay.PUNCH);
    Side fromRight = right.dial(left, leftPort, DialWay.PUNCH);
    run(Duration.ofMillis(30)); // Both SYNs have arrived, and nothing has come back.
    lines.network.kill(left.host);
    run(MINUTE);

    assertThat(fromLeft.closed).as("the dead hear nothing").isNull();
    assertThat(fromRight.wire).isNull();
    assertThat(fromRight.closed).isNotNull();
    assertThat(lines.network.dials()).isZero();
  }
}
