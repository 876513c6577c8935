package dev.waggle.cli.events;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.waggle.chain.AcceptedBlock;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.MessageId;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class EventLogTest {
  private static final Event BLOCK =
      new Event.BlockAccepted(
          new AcceptedBlock(
              MessageId.ofHex("c3".repeat(32)),
              12,
              1_700_000_000_000L,
              PeerId.ofHex("b2".repeat(32)),
              null,
              true,
              0,
              3,
              4567));

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.waggle.cli.events");
  private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
  private long nowNanos = 7;
  private final EventLog log = new EventLog(() -> nowNanos, Clock.systemUTC());

  @BeforeEach
  void hear() {
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    heard.start();
    logger.addAppender(heard);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(heard);
    logger.setAdditive(true);
    logger.setLevel(null);
  }

  private List<String> lines() {
    return heard.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void catchingUp_isToldInNumbersThatPeopleRead_andBlocksAreNot() {
    log.accept(new Event.CatchingUp(0, 100_000));
    nowNanos += 12_000_000_000L;
    log.accept(BLOCK);
    log.accept(new Event.CatchingUp(12_345, 87_655));
    nowNanos += 82_600_000_000L;
    log.accept(new Event.CaughtUp(100_000, true));

    assertThat(lines())
        .containsExactly(
            "catching up: 0 blocks, about 100,000 to go",
            "catching up: 12,345 blocks, about 87,655 to go",
            "caught up: 100,000 blocks in 95 s");
  }

  @Test
  void whatWasGivenUp_isToldToo_andTheNextTimeCountsAnew() {
    log.accept(new Event.CatchingUp(0, 9));
    nowNanos += 31_000_000_000L;
    log.accept(new Event.CaughtUp(1, false));
    nowNanos += 60_000_000_000L;
    log.accept(new Event.CatchingUp(0, 8));
    nowNanos += 440_000_000L;
    log.accept(new Event.CaughtUp(8, true));

    assertThat(lines())
        .containsExactly(
            "catching up: 0 blocks, about 9 to go",
            "gave up for now, and begin anew with what peers tell of next: 1 block in 31 s",
            "catching up: 0 blocks, about 8 to go",
            "caught up: 8 blocks in 0.4 s");
  }

  @Test
  void blocks_areToldAtOtherTimes() {
    log.accept(BLOCK);
    log.accept(new Event.CatchingUp(0, 9));
    log.accept(new Event.CaughtUp(9, true));
    log.accept(BLOCK);

    assertThat(lines())
        .filteredOn(line -> line.startsWith("block "))
        .containsExactly(
            "block 12 c3c3c3c3c3c3 mined by b2b2b2b2, from this node",
            "block 12 c3c3c3c3c3c3 mined by b2b2b2b2, from this node");
  }
}
