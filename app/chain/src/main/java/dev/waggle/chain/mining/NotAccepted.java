package dev.waggle.chain.mining;

import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.MessageId;

/** The own node did not accept what was published here, and so nobody else has heard of it. */
public final class NotAccepted extends Exception {
  private static final long serialVersionUID = 1L;

  NotAccepted(MessageId id, Verdict verdict) {
    super(id + " was not accepted: " + reason(verdict), null, false, false);
  }

  private static String reason(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accept _ -> throw new IllegalArgumentException("it was accepted");
      case Verdict.Ignore(String why) -> why;
      case Verdict.Reject(String why) -> why;
      case Verdict.NotYet(String why, _) -> why;
      case Verdict.Await(MessageId missing) -> missing + " must come first";
    };
  }
}
