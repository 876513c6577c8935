package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.nio.NioTransport;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.Connection;
import dev.waggle.ports.transport.ConnectionListener;
import dev.waggle.ports.transport.Transport;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of dials from the node's own port. */
class OwnPortTest {
  private static final Endpoint REMOTE = Endpoint.parse("192.0.2.1:9000");
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Connection NO_CONNECTION =
      (Connection)
          Proxy.newProxyInstance(
              Connection.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (_, method, _) -> {
                throw new AssertionError("nobody should call " + method);
              });

  private final Dials dials = new Dials();
  private final Heard heard = new Heard();
  private long nowNanos;
  private final OwnPort ownPort = new OwnPort(dials, 9000, () -> nowNanos);

  @AfterEach
  void end() {
    dials.close();
  }

  @Test
  void dial_comesFromTheOwnPort() {
    ownPort.dial(REMOTE, LIMIT, heard);

    assertThat(dials.begun).containsExactly("from 9000 within PT10S");
  }

  @Test
  void portInUse_leadsToADialFromAnyPort_inTheTimeThatIsLeft() {
    ownPort.dial(REMOTE, LIMIT, heard);
    nowNanos = Duration.ofSeconds(3).toNanos();

    dials.listeners.getFirst().onClosed(CloseReason.of(Cause.FAILED));

    assertThat(dials.begun).containsExactly("from 9000 within PT10S", "within PT7S");
    dials.listeners.getLast().onClosed(CloseReason.of(Cause.REFUSED));
    assertThat(heard.closed).containsExactly(CloseReason.of(Cause.REFUSED));
  }

  @Test
  void refusal_isFinal() {
    ownPort.dial(REMOTE, LIMIT, heard);

    dials.listeners.getFirst().onClosed(CloseReason.of(Cause.REFUSED));

    assertThat(dials.begun).hasSize(1);
    assertThat(heard.closed).containsExactly(CloseReason.of(Cause.REFUSED));
  }

  @Test
  void portInUse_whenTheTimeIsOver_isFinal() {
    ownPort.dial(REMOTE, LIMIT, heard);
    nowNanos = LIMIT.toNanos();

    dials.listeners.getFirst().onClosed(CloseReason.of(Cause.FAILED));

    assertThat(dials.begun).hasSize(1);
    assertThat(heard.closed).containsExactly(CloseReason.of(Cause.FAILED));
  }

  @Test
  void connectionThatFailsLater_isNotDialledAgain() {
    ownPort.dial(REMOTE, LIMIT, heard);
    dials.listeners.getFirst().onOpened(NO_CONNECTION);

    dials.listeners.getFirst().onClosed(CloseReason.of(Cause.FAILED));

    assertThat(dials.begun).hasSize(1);
    assertThat(heard.closed).containsExactly(CloseReason.of(Cause.FAILED));
  }

  @Test
  void cancel_reachesWhicheverDialIsUnderWay() {
    Transport.Dial dial = ownPort.dial(REMOTE, LIMIT, heard);
    dials.listeners.getFirst().onClosed(CloseReason.of(Cause.FAILED));

    dial.cancel();

    assertThat(dials.cancelled).containsExactly(1);
  }

  @Test
  void cancelledDial_isNotBegunAgain() {
    Transport.Dial dial = ownPort.dial(REMOTE, LIMIT, heard);
    dial.cancel();

    dials.listeners.getFirst().onClosed(CloseReason.of(Cause.FAILED));

    assertThat(dials.begun).hasSize(1);
    assertThat(dials.cancelled).containsExactly(0);
    assertThat(heard.closed).containsExactly(CloseReason.of(Cause.FAILED));
  }

  /** Notes what is dialled. */
  private static final class Dials extends ForwardingTransport {
    private final List<String> begun = new ArrayList<>();
    private final List<ConnectionListener> listeners = new ArrayList<>();
    private final List<Integer> cancelled = new ArrayList<>();

    Dials() {
      super(new NioTransport(1));
    }

    @Override
    public Dial dial(Endpoint remote, Duration timeout, ConnectionListener listener) {
      return begin("within " + timeout, listener);
    }

    @Override
    public Dial dialFrom(
        int localPort, Endpoint remote, Duration timeout, ConnectionListener listener) {
      return begin("from " + localPort + " within " + timeout, listener);
    }

    private Dial begin(String what, ConnectionListener listener) {
      int number = begun.size();
      begun.add(what);
      listeners.add(listener);
      return () -> cancelled.add(number);
    }
  }

  /** Notes what is heard. */
  private static final class Heard implements ConnectionListener {
    private final List<CloseReason> closed = new ArrayList<>();

    @Override
    public void onOpened(Connection connection) {}

    @Override
    public void onBytes(ByteBuffer bytes) {}

    @Override
    public void onWritable() {}

    @Override
    public void onClosed(CloseReason why) {
      closed.add(why);
    }
  }
}
