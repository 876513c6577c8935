package dev.waggle.ports.gossip;

import dev.waggle.ports.wire.MessageId;
import java.time.Duration;

/** What the application thinks of a message. Only what it accepts is forwarded. */
public sealed interface Verdict {
  /** Valid and new: deliver it and forward it. */
  record Accept() implements Verdict {}

  /** Not our business, or not any more, for good. Nobody is at fault. */
  record Ignore(String why) implements Verdict {}

  /** Invalid: whoever sent it is at fault. */
  record Reject(String why) implements Verdict {}

  /**
   * Cannot be judged before another message is accepted, for example a block before its parent. The
   * router keeps it, asks its sender for the other one, and comes back.
   */
  record Await(MessageId missing) implements Verdict {}

  /**
   * Cannot be judged before some time has passed, for example a block whose time lies ahead. The
   * router keeps it and comes back then, if that is soon; otherwise it ignores it.
   *
   * @param time from now, more than zero
   */
  record NotYet(String why, Duration time) implements Verdict {}
}
