package dev.waggle.simulator.fidelity;

import static dev.waggle.domain.frame.FrameBounds.HEADER_BYTES;
import static dev.waggle.domain.frame.FrameBounds.MAX_PLAINTEXT_BYTES;
import static dev.waggle.domain.frame.FrameBounds.TAG_BYTES;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of messages into records as the message writer of a session does, by lengths alone:
 * the thresholds are those of {@code RecordWriter}, and a run that computes every byte must show
 * the same records (PROTOCOL §5, §6.1, §7.1).
 */
final class RecordCutter {
  /** Of a payload, what fills a record to its end is not copied before it is sealed. */
  private static final int MIN_TAIL_BYTES = 16 * 1024;

  /** So much of a payload ends its record. */
  private static final int MIN_LAST_BYTES = MAX_PLAINTEXT_BYTES / 2;

  /** Records under a key before it may end early. */
  private static final int MIN_RECORDS_PER_KEY = 64;

  /** Records under a key at most. */
  private static final int MAX_RECORDS_PER_KEY = 1 << 20;

  private static final int OVERHEAD_BYTES = HEADER_BYTES + TAG_BYTES;

  /** Takes the records. */
  interface Output {
    /**
     * A record is full, or ends.
     *
     * @param bytes of its frame
     * @param content what ends in it: nothing, one thing, or a {@link Several}
     */
    void write(int bytes, @Nullable Object content);

    boolean takesMore();
  }

  /** Things that end in one record. */
  record Several(List<Object> all) {}

  private int openBytes;
  private int records;
  private @Nullable Object ended;
  private @Nullable Object unfinished;
  private int unfinishedBytes;

  /**
   * Appends a message.
   *
   * @param headBytes of its length and of what the codec puts before the payload
   * @param payloadBytes of the part that is long, if any
   * @return whether all of it is appended
   */
  boolean append(Object message, int headBytes, int payloadBytes, Output out) {
    keepTogether(headBytes + payloadBytes, out);
    head(headBytes, out);
    return string(message, payloadBytes, out, true);
  }

  /**
   * Appends a message that ends with several strings, none of which waits.
   *
   * @param headBytes of all before the first of them
   * @param beforeEach bytes that stand before each of them
   * @param strings bytes of each, of which there is one at least
   * @return true, for all of it is appended
   */
  boolean append(Object message, int headBytes, int beforeEach, List<Integer> strings, Output out) {
    int all = headBytes;
    for (int string : strings) {
      all += beforeEach + string;
    }
    keepTogether(all, out);
    head(headBytes, out);
    for (int i = 0; i < strings.size() - 1; i++) {
      head(beforeEach, out);
      string(null, strings.get(i), out, false);
    }
    head(beforeEach, out);
    return string(message, strings.getLast(), out, false);
  }

  private void keepTogether(int all, Output out) {
    appendAllOfUnfinished(out);
    if (all > MAX_PLAINTEXT_BYTES - openBytes && all <= MAX_PLAINTEXT_BYTES && openBytes > 0) {
      seal(out);
    }
  }

  private void head(int bytes, Output out) {
    int left = bytes;
    while (left > MAX_PLAINTEXT_BYTES - openBytes) {
      left -= MAX_PLAINTEXT_BYTES - openBytes;
      openBytes = MAX_PLAINTEXT_BYTES;
      seal(out);
    }
    openBytes += left;
  }

  /** Goes on with a message that the output did not take to its end. */
  boolean appendRest(Output out) {
    Object message = unfinished;
    if (message == null) {
      return true;
    }
    unfinished = null;
    return string(message, unfinishedBytes, out, true);
  }

  /** Whoever appends more does not wait. */
  private void appendAllOfUnfinished(Output out) {
    Object message = unfinished;
    if (message != null) {
      unfinished = null;
      string(message, unfinishedBytes, out, false);
    }
  }

  /**
   * Puts a string into records.
   *
   * @param ending the message that ends with it, or null if it goes on
   */
  private boolean string(@Nullable Object ending, int bytes, Output out, boolean waits) {
    int left = bytes;
    if (left == 0) {
      end(ending);
    }
    while (left > 0) {
      if (openBytes == MAX_PLAINTEXT_BYTES) {
        seal(out);
      }
      int room = MAX_PLAINTEXT_BYTES - openBytes;
      int count = Math.min(left, room);
      boolean fills = count == room && count >= MIN_TAIL_BYTES;
      openBytes += count;
      left -= count;
      if (left == 0) {
        end(ending);
      }
      if (fills || count >= MIN_LAST_BYTES) {
        seal(out);
        if (waits && left >= MIN_TAIL_BYTES && !out.takesMore()) {
          unfinished = ending;
          unfinishedBytes = left;
          return false;
        }
      }
    }
    return true;
  }

  private void end(@Nullable Object message) {
    if (message == null) {
      return;
    }
    if (ended == null) {
      ended = message;
    } else if (ended instanceof Several several) {
      several.all().add(message);
    } else {
      List<Object> all = new ArrayList<>(4);
      all.add(ended);
      all.add(message);
      ended = new Several(all);
    }
  }

  private void seal(Output out) {
    int bytes = openBytes + OVERHEAD_BYTES;
    Object content = ended;
    openBytes = 0;
    ended = null;
    records = records + 1 == MAX_RECORDS_PER_KEY ? 0 : records + 1;
    out.write(bytes, content);
  }

  /** Seals what is open. */
  void flush(Output out) {
    if (openBytes > 0) {
      seal(out);
    }
  }

  /** The same, and ends the key if it has sealed enough. */
  void endKey(Output out) {
    flush(out);
    if (records >= MIN_RECORDS_PER_KEY) {
      records = 0;
      out.write(OVERHEAD_BYTES, null);
    }
  }

  void clear() {
    ended = null;
    unfinished = null;
    openBytes = 0;
  }
}
