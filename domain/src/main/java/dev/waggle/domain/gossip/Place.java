package dev.waggle.domain.gossip;

import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/** One message that one peer has told us it has, and what came of it; kept in its account. */
final class Place {
  final Account account;
  final MessageId id;

  /** Null once the message has come, or was given up, while this peer still owes it. */
  @Nullable Want want;

  /** Whether the peer has sent us a message that waits for this one. */
  boolean sentChild;

  /**
   * Whether that was its own word, and lately; not a conclusion of ours from what it said before.
   */
  boolean promised = true;

  /** Requests sent to this peer. */
  int asks;

  /** Whether it was asked in this turn. */
  boolean awaited;

  /** Whether the peer was asked soon after it had told us, and has not answered. */
  boolean owed;

  long toldNanos;
  long askedNanos;

  /** Which request to this peer it was, counted from the first. */
  long askedNumber;

  Place(Account account, MessageId id, Want want, long nowNanos) {
    this.account = account;
    this.id = id;
    this.want = want;
    this.toldNanos = nowNanos;
  }

  /** It was asked on the off-chance before, and says only now that it has the message. */
  void promise(long nowNanos) {
    promised = true;
    toldNanos = nowNanos;
    asks = 0;
  }
}
