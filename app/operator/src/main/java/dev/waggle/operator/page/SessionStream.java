package dev.waggle.operator.page;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A session as Server-Sent Events (WHATWG HTML §9.2), for one reader, on a thread of its own.
 *
 * <p>It begins with {@code begin}, which says whose session it is, or with {@code resume} if the
 * reader can go on where it was; then {@code events}, arrays of events as they happen, and {@code
 * numbers}, arrays of what nodes count. Ids are the session's beginning and an event's number. It
 * holds nothing back for a slow reader: one that falls behind what is kept is let go, and begins
 * anew.
 */
final class SessionStream {
  /** Says that the connection stands: half of what a server waits for those who say nothing. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** A browser's rest before it comes back. */
  private static final int RETRY_MILLIS = 1000;

  private static final Pattern ID = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  private final SessionLog log;
  private final OutputStream out;

  SessionStream(SessionLog log, OutputStream out) {
    this.log = log;
    this.out = out;
  }

  /**
   * Writes until the session ends, or the reader does.
   *
   * @param lastEventId what the reader had last, as it says, or null
   * @param hello one object about the session
   * @throws IOException if the reader is gone, or takes nothing for too long
   */
  void write(@Nullable String lastEventId, String hello) throws IOException, InterruptedException {
    long last = place(lastEventId);
    if (last >= 0) {
      send("retry: " + RETRY_MILLIS + "\nevent: resume\ndata: " + hello + "\n\n");
    } else {
      SessionLog.Snapshot all = log.snapshot();
      send("retry: " + RETRY_MILLIS + "\nevent: begin\ndata: " + hello + "\n\n");
      List<String> lines = all.lines();
      for (int from = 0; from < lines.size(); from += SessionLog.MAX_BATCH) {
        int to = Math.min(from + SessionLog.MAX_BATCH, lines.size());
        // Only the last has an id: who is cut off before has to begin anew.
        events(lines.subList(from, to), to == lines.size() ? all.lastId() : null);
      }
      last = all.lastId();
    }
    follow(last);
  }

  /** After which event a reader goes on; -1 if it has to begin anew. */
  private long place(@Nullable String lastEventId) {
    Matcher matcher = ID.matcher(lastEventId == null ? "" : lastEventId);
    if (!matcher.matches() || Long.parseLong(matcher.group(1)) != log.beganMillis()) {
      return -1;
    }
    long id = Long.parseLong(matcher.group(2));
    return log.follows(id) ? id : -1;
  }

  private void follow(long from) throws IOException, InterruptedException {
    long last = from;
    long version = 0;
    while (true) {
      SessionLog.News news = log.after(last, version, HEARTBEAT);
      if (news == null) {
        return;
      }
      if (!news.numbers().isEmpty()) {
        send("event: numbers\ndata: [" + String.join(",", news.numbers()) + "]\n\n");
      }
      if (!news.lines().isEmpty()) {
        events(news.lines(), news.lastId());
      } else if (news.numbers().isEmpty()) {
        send(": still here\n\n");
      }
      last = news.lastId();
      version = news.numbersVersion();
    }
  }

  private void events(List<String> lines, @Nullable Long lastId) throws IOException {
    String id = lastId == null ? "" : "id: " + log.beganMillis() + "-" + lastId + "\n";
    send(id + "event: events\ndata: [" + String.join(",", lines) + "]\n\n");
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
