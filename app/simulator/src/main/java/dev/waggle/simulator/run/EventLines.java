package dev.waggle.simulator.run;

import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/** Takes the events of a run, one by one. */
@FunctionalInterface
public interface EventLines {
  /**
   * Something has happened.
   *
   * @param nanos virtual time
   * @param node to whom
   * @param event in lower-case words
   * @param peer the other node, or -1
   * @param message that it is about, or null
   */
  void line(long nanos, int node, String event, int peer, @Nullable MessageId message);
}
