package dev.waggle.domain.punch;

import dev.waggle.domain.punch.Introducers.Introducer;
import dev.waggle.domain.punch.Punch.Role;
import dev.waggle.domain.rates.Rate;
import dev.waggle.domain.rates.Tokens;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import java.time.Duration;

/**
 * The side that is called, until both dial (PROTOCOL §9.10). Callers are strangers, whatever they
 * have signed, for identities are free: what is done at their word is limited.
 */
final class Callee {
  /** Calls that are taken of all relays. */
  static final Rate CALLS = Rate.every(Duration.ofSeconds(5), 8);

  private final PeerId self;
  private final Attempts attempts;
  private final Outlook outlook;
  private final RecentCalls recent = new RecentCalls();
  private final Tokens calls = new Tokens(CALLS);

  Callee(PeerId self, Attempts attempts, Outlook outlook) {
    this.self = self;
    this.attempts = attempts;
    this.outlook = outlook;
  }

  /** A call has come, as the relay says; if it is not to be answered, nothing happens. */
  void called(Introducer relay, PeerId from, PunchMessage.Call call, long nowNanos) {
    IpEndpoint at = call.terms().endpoint();
    Outlook.Seen own = outlook.isPrivate() ? outlook.seen(at.address().isIpv4()) : null;
    if (own == null
        || at.equals(own.endpoint())
        || from.equals(self)
        || !relay.knowsUs(nowNanos)
        || recent.contains(from, call.nonce())
        || !mayTake(from, nowNanos)
        || !attempts.mayDial(from, at, nowNanos)) {
      return;
    }
    if (!relay.calls().take(nowNanos) || !calls.take(nowNanos)) {
      return; // A relay that brings too many does not use up what others may bring.
    }
    Terms ours = new Terms(call.nonce(), own.endpoint(), own.mapping());
    Notarization work =
        Notarization.answering(
            new Statement(from, self, PunchMessage.Tag.CALL, call.terms()),
            call.proof(),
            new Statement(self, from, PunchMessage.Tag.ANSWER, ours));
    attempts.begin(Punch.called(from, relay.link(), ours, call.terms(), work, nowNanos), work);
  }

  /** Of two that call each other, the smaller one's call goes on, in the place of the other. */
  private boolean mayTake(PeerId from, long nowNanos) {
    Punch own = attempts.find(from);
    boolean hasPlace =
        own == null
            ? attempts.hasPlace(Role.CALLEE)
            : own.isUnanswered() && from.compareTo(self) < 0;
    return hasPlace && attempts.mayMeet(from, nowNanos);
  }

  /**
   * The call is checked, and the answer signed; one that the caller has not made leaves no trace.
   */
  void prepared(Punch punch, Notarized done, long nowNanos) {
    if (!done.holds()) {
      attempts.drop(punch);
      return;
    }
    recent.add(punch.peer(), punch.nonce());
    attempts.countBegun();
    if (attempts.say(punch, done.body(), nowNanos) && !attempts.isHopeless(punch, nowNanos)) {
      long untilNanos = nowNanos + Attempts.AWAITS.toNanos();
      punch.ready(untilNanos);
      attempts.wakeBy(untilNanos);
    }
  }

  /** The caller says that both dial now, as the relay says. */
  void told(LinkId relay, PeerId from, PunchMessage.Go go, long nowNanos) {
    Punch punch = attempts.find(from);
    if (punch != null
        && !punch.isCaller()
        && punch.relay().equals(relay)
        && punch.nonce() == go.nonce()
        && punch.told(go.number())) {
      attempts.dial(punch, nowNanos);
    }
  }
}
