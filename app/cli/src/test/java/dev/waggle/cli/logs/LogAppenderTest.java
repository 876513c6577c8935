package dev.waggle.cli.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LogAppenderTest {
  @TempDir Path dir;
  private final LoggerContext context = new LoggerContext();
  private final LogAppender appender = new LogAppender();
  private final Logger log = context.getLogger("dev.waggle.Disk");

  @BeforeEach
  void start() {
    context.setMDCAdapter(new LogbackMDCAdapter()); // As SLF4J does.
    appender.setContext(context);
    appender.start();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  /** What is in the file once all is written. */
  private List<String> lines(Path file) throws IOException {
    context.stop();
    return Files.readAllLines(file);
  }

  private static void assertNow(String time) {
    OffsetDateTime parsed = OffsetDateTime.parse(time); // ISO 8601, and nothing without an offset.
    assertThat(Duration.between(parsed.toInstant(), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void textLine_hasDateTimeAndOffset_levelAndClass() throws IOException {
    Path file = dir.resolve("w.log");
    appender.switchTo(LogFormat.TEXT, file, _ -> {});
    log.warn("{} is full", "it");
    log.debug("not asked for");
    String[] parts = lines(file).getFirst().split(" ", 2);
    assertNow(parts[0]);
    assertThat(parts[1]).isEqualTo("WARN  Disk          it is full");
    assertThat(Files.readAllLines(file)).hasSize(1);
  }

  @Test
  void textThatStrangersMade_staysInItsLine() throws IOException {
    Path file = dir.resolve("w.log");
    appender.switchTo(LogFormat.TEXT, file, _ -> {});
    log.warn("goodbye: {}", "a\r\n2026-01-01 ERROR\u001b[1m");
    assertThat(lines(file)).singleElement().asString().endsWith("goodbye: a??2026-01-01 ERROR?[1m");
  }

  @Test
  void json_isOneObjectALine_evenWithAStackTrace() throws IOException {
    Path file = dir.resolve("w.log");
    appender.switchTo(LogFormat.JSON, file, _ -> {});
    log.info("{} from \"{}\"", "a\nb", "c");
    log.error("a bug", new IllegalStateException("here", new IOException("there")));
    List<String> lines = lines(file);
    assertThat(lines).hasSize(2);
    JsonNode plain = new JsonMapper().readTree(lines.getFirst());
    assertThat(plain.propertyNames())
        .containsExactly("time", "level", "logger", "thread", "message");
    assertNow(plain.get("time").asString());
    assertThat(plain.get("level").asString()).isEqualTo("INFO");
    assertThat(plain.get("logger").asString()).isEqualTo("dev.waggle.Disk");
    assertThat(plain.get("thread").asString()).isEqualTo(Thread.currentThread().getName());
    assertThat(plain.get("message").asString()).isEqualTo("a\nb from \"c\"");
    JsonNode failed = new JsonMapper().readTree(lines.getLast());
    assertThat(failed.get("stack").asString())
        .contains("IllegalStateException: here", "Caused by", "IOException: there");
  }

  @Test
  void whatRepeats_isWrittenAFewTimes() throws IOException {
    Path file = dir.resolve("w.log");
    appender.switchTo(LogFormat.TEXT, file, _ -> {});
    for (int i = 0; i < 500; i++) {
      log.warn("{} is full", i);
    }
    assertThat(lines(file)).hasSize(RepeatLimit.MAX_PROBLEMS);
  }

  @Test
  void afterASwitch_theOldFileHasWhatCameBefore() throws IOException {
    Path first = dir.resolve("1.log");
    Path second = dir.resolve("2.log");
    appender.switchTo(LogFormat.TEXT, first, _ -> {});
    log.info("before");
    appender.switchTo(LogFormat.TEXT, second, _ -> {});
    log.info("after");
    assertThat(lines(second)).singleElement().asString().endsWith("after");
    assertThat(lines(first)).singleElement().asString().endsWith("before");
  }

  @Test
  void fileThatCannotBeOpened_changesNothing() throws IOException {
    Path file = dir.resolve("w.log");
    appender.switchTo(LogFormat.TEXT, file, _ -> {});
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> appender.switchTo(LogFormat.TEXT, dir, _ -> {}));
    log.info("still here");
    assertThat(lines(file)).singleElement().asString().endsWith("still here");
  }
}
