package dev.waggle.cli.calibrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.testkit.transport.Faults;
import dev.waggle.ports.testkit.transport.InMemoryNetwork;
import dev.waggle.ports.testkit.transport.RecordingListener;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.transport.CloseReason.Cause;
import dev.waggle.ports.transport.ListenFailed;
import dev.waggle.ports.transport.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectoryTest {
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Endpoint FIRST = new Endpoint("11.0.0.1", 9000);
  private static final Endpoint SECOND = new Endpoint("12.0.0.1", 9000);

  private final InMemoryNetwork network = InMemoryNetwork.stepped(Faults.NONE);
  private final Directory directory = new Directory();
  private final Transport first = directory.translated(FIRST, network.transport());
  private final Transport second = directory.translated(SECOND, network.transport());
  private final List<Endpoint> accepted = new ArrayList<>();
  private final List<Endpoint> opened = new ArrayList<>();
  private final List<CloseReason> closed = new ArrayList<>();

  @BeforeEach
  void listen() throws ListenFailed {
    Endpoint bound =
        second.listen(
            SECOND,
            remote -> {
              accepted.add(remote);
              return new RecordingListener();
            });
    assertThat(bound.host()).isEqualTo("127.0.0.1");
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  private Transport.Dial dial(Endpoint remote) {
    RecordingListener listener =
        new RecordingListener()
            .whenOpened(connection -> opened.add(connection.remote()))
            .whenClosed(closed::add);
    return first.dial(remote, LONG, listener);
  }

  @Test
  void dial_waitsUntilEverybodyListens_andFindsTheRealAddress() {
    dial(SECOND);
    network.run();
    assertThat(accepted).isEmpty();

    directory.open();
    network.run();
    assertThat(accepted).hasSize(1);
    assertThat(opened).hasSize(1);
    assertThat(opened.getFirst().host()).isEqualTo("127.0.0.1");
  }

  @Test
  void dialFromTheListeningPort_isPassedOn() throws ListenFailed {
    Endpoint own = first.listen(FIRST, remote -> new RecordingListener());
    first.dialFrom(own.port(), SECOND, LONG, new RecordingListener());
    network.run();
    assertThat(accepted).isEmpty();

    directory.open();
    network.run();
    assertThat(accepted).containsExactly(own);
  }

  @Test
  void laterDial_doesNotWait() {
    directory.open();
    dial(SECOND);
    network.run();
    assertThat(accepted).hasSize(1);
  }

  @Test
  void dialThatIsCancelledWhileItWaits_failsAndConnectsToNobody() {
    dial(SECOND).cancel();
    directory.open();
    network.run();
    assertThat(opened).isEmpty();
    assertThat(closed.stream().map(CloseReason::cause)).containsExactly(Cause.CANCELLED);
  }

  @Test
  void dialThatIsCancelledLater_fails() {
    directory.open();
    dial(SECOND).cancel();
    network.run();
    assertThat(opened).isEmpty();
    assertThat(closed.stream().map(CloseReason::cause)).containsExactly(Cause.CANCELLED);
  }

  @Test
  void addressOfNobody_isDialledAsItIs() {
    directory.open();
    dial(new Endpoint("127.0.0.1", 9));
    network.run();
    assertThat(closed.stream().map(CloseReason::cause)).containsExactly(Cause.REFUSED);
  }
}
