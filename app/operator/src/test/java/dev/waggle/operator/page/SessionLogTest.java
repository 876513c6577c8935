package dev.waggle.operator.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.waggle.ports.Endpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionLogTest {
  private static final Duration NO_TIME = Duration.ZERO;

  private final AtomicLong nanos = new AtomicLong(5_000_000);
  private final SessionLog log = log(4);

  private SessionLog log(int maxEvents) {
    return new SessionLog(
        InstantSource.fixed(Instant.ofEpochMilli(1_700_000_000_000L)), nanos::get, maxEvents);
  }

  private void up(int node) {
    log.append(
        new SessionEvent.NodeUp(
            node, "node " + node, Events.peer(node), new Endpoint("127.0.0.1", 9000 + node)));
  }

  @Test
  void eventsAreTimedFromTheBeginning_toAMicrosecond() {
    nanos.addAndGet(1_234_567);
    log.append(new SessionEvent.NodeDown(3, "ended"));
    assertThat(log.snapshot().lines())
        .containsExactly("{\"at\":1.235,\"event\":\"node-down\",\"node\":3,\"reason\":\"ended\"}");
  }

  @Test
  void whatIsTooOldToBeKept_leavesWhatStillHolds() {
    up(0);
    up(1);
    log.append(new SessionEvent.LinkUp(0, Events.link(7)));
    log.append(new SessionEvent.LinkUp(0, Events.link(8)));
    log.append(new SessionEvent.LinkUp(1, Events.link(7)));
    log.append(new SessionEvent.LinkDown(0, Events.link(7), "gone"));
    log.append(new SessionEvent.NodeDown(1, "ended"));
    for (int height = 1; height <= 5; height++) {
      log.append(new SessionEvent.BlockAccepted(0, Events.block(height)));
    }
    SessionLog.Snapshot all = log.snapshot();
    assertThat(all.lines())
        .extracting(line -> line.replaceAll(".*\"event\":\"([a-z-]+)\".*", "$1"))
        .containsExactly("node-up", "link-up", "block", "block", "block", "block", "block");
    assertThat(all.lines().get(1)).contains("192.0.2.8");
    assertThat(all.lastId()).isEqualTo(12);
    assertThat(all.forgotten()).isEqualTo(5);
  }

  @Test
  void oldBlocks_areBounded() {
    for (int height = 1; height <= 2 * SessionBase.MAX_BLOCKS; height++) {
      log.append(new SessionEvent.BlockAccepted(0, Events.block(height)));
    }
    assertThat(log.snapshot().lines()).hasSize(SessionBase.MAX_BLOCKS + 4);
  }

  @Test
  void longWords_areCut() {
    log.append(new SessionEvent.NodeDown(0, "x".repeat(100_000)));
    assertThat(log.snapshot().lines().getFirst()).hasSizeLessThan(300);
  }

  @Test
  void aReader_takesWhatIsNewToIt() throws Exception {
    up(0);
    up(1);
    SessionLog.News news = present(log.after(1, 0, NO_TIME));
    assertThat(news.lines()).singleElement().asString().contains("\"node\":1");
    assertThat(news.lastId()).isEqualTo(2);
    assertThat(present(log.after(2, 0, NO_TIME)).lines()).isEmpty();
  }

  @Test
  void aReaderThatIsTooSlow_isLetGo() throws Exception {
    for (int node = 0; node < 6; node++) {
      up(node);
    }
    assertThat(log.after(1, 0, NO_TIME)).isNull();
    assertThat(log.after(2, 0, NO_TIME)).isNotNull();
    assertThat(log.follows(1)).isFalse();
    assertThat(log.follows(2)).isTrue();
    assertThat(log.follows(7)).as("what has not happened yet").isFalse();
  }

  @Test
  void aWaitingReader_isWokenByAnEvent_andByTheEnd() throws Exception {
    Thread first =
        Thread.startVirtualThread(
            () ->
                assertThatCode(() -> log.after(0, 0, Duration.ofMinutes(1)))
                    .doesNotThrowAnyException());
    up(0);
    assertThat(first.join(Duration.ofSeconds(20))).isTrue();
    Thread second =
        Thread.startVirtualThread(
            () ->
                assertThatCode(() -> log.after(1, 0, Duration.ofMinutes(1)))
                    .doesNotThrowAnyException());
    log.close();
    assertThat(second.join(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void numbersAreOfThePresent_andGoWithTheirNode() throws Exception {
    up(0);
    log.count(0, "{\"n\":1}");
    log.count(0, "{\"n\":2}");
    SessionLog.News news = present(log.after(1, 0, NO_TIME));
    assertThat(news.numbers()).isEqualTo(List.of("{\"n\":2}"));
    assertThat(present(log.after(1, news.numbersVersion(), NO_TIME)).numbers()).isEmpty();
    log.append(new SessionEvent.NodeDown(0, "ended"));
    assertThat(present(log.after(2, 0, NO_TIME)).numbers()).isEmpty();
  }

  private static SessionLog.News present(SessionLog.@Nullable News news) {
    assertThat(news).isNotNull();
    return Objects.requireNonNull(news);
  }
}
