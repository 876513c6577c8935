package dev.waggle.cli.logs;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lines of the log as JSON objects: {@code time} (ISO 8601, with the zone's offset), {@code level},
 * {@code logger}, {@code thread}, {@code message}, and only with a stack trace {@code stack}.
 * Fields may be added behind the others. Owned by the thread that writes the log.
 *
 * <p>Not logback's own encoder, whose time is a number, and which knows no zone.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private final JsonMapper mapper = new JsonMapper();
  private final ThrowableProxyConverter stacks = new ThrowableProxyConverter();
  private final DateTimeFormatter time;

  JsonLines(ZoneId zone) {
    this.time = DateTimeFormatter.ofPattern(LogAppender.TIME).withZone(zone);
  }

  @Override
  public void start() {
    stacks.setContext(getContext());
    stacks.start();
    super.start();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ObjectNode json = mapper.createObjectNode();
    json.put("time", time.format(Instant.ofEpochMilli(event.getTimeStamp())))
        .put("level", event.getLevel().toString())
        .put("logger", event.getLoggerName())
        .put("thread", event.getThreadName())
        .put("message", event.getFormattedMessage());
    if (event.getThrowableProxy() != null) {
      json.put("stack", stacks.convert(event));
    }
    return (json + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }
}
