package dev.waggle.domain.punch;

import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.punch.Punch.Role;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.LinkId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The side that calls, until both dial (PROTOCOL §9.10). */
final class Caller {
  private final PeerId self;
  private final Attempts attempts;
  private final Outlook outlook;
  private final Draws draws;

  Caller(PeerId self, Attempts attempts, Outlook outlook, Draws draws) {
    this.self = self;
    this.attempts = attempts;
    this.outlook = outlook;
    this.draws = draws;
  }

  /** A relay has told of peers who want to meet others: one of them is called. */
  void toldOf(LinkId relay, List<PeerId> peers, long nowNanos) {
    Outlook.Seen own = outlook.isPrivate() ? seen() : null;
    List<PeerId> free = new ArrayList<>(peers);
    free.removeIf(peer -> peer.equals(self) || !attempts.mayCall(peer, nowNanos));
    if (own == null || free.isEmpty() || !attempts.hasPlace(Role.CALLER)) {
      return;
    }
    PeerId peer = free.get((int) draws.below(free.size()));
    Terms ours = new Terms(draws.nextLong(), own.endpoint(), own.mapping());
    Notarization work =
        Notarization.signing(new Statement(self, peer, PunchMessage.Tag.CALL, ours));
    attempts.begin(Punch.calling(peer, relay, ours, work, nowNanos), work);
  }

  /** By IPv6 only if IPv4 will not do: most have the latter. */
  private Outlook.@Nullable Seen seen() {
    Outlook.Seen ipv4 = outlook.seen(true);
    boolean serves = ipv4 != null && ipv4.mapping() != EndpointMapping.DEPENDENT;
    Outlook.Seen ipv6 = serves ? null : outlook.seen(false);
    return ipv6 == null ? ipv4 : ipv6;
  }

  /** The call is signed. */
  void prepared(Punch punch, Notarized done, long nowNanos) {
    if (!done.holds()) {
      attempts.drop(punch);
    } else if (attempts.say(punch, done.body(), nowNanos)) {
      attempts.countBegun();
      punch.sent(nowNanos);
      attempts.wakeBy(nowNanos + Attempts.AWAITS.toNanos());
    }
  }

  /** An answer has come, as the relay says. */
  void answered(LinkId relay, PeerId from, PunchMessage.Answer answer, long nowNanos) {
    Punch punch = attempts.find(from);
    if (punch == null
        || !(punch.state() instanceof Punch.Calling)
        || !punch.relay().equals(relay)
        || punch.nonce() != answer.nonce()) {
      return;
    }
    Statement said = new Statement(from, self, PunchMessage.Tag.ANSWER, answer.terms());
    Notarization work = Notarization.checking(said, answer.proof());
    punch.answered(work, answer.terms(), nowNanos);
    attempts.notarize(work);
  }

  /** The answer is checked: if it is the peer's, both go. */
  void checked(Punch punch, Notarized done, long nowNanos) {
    if (!done.holds()) {
      attempts.fail(punch, Failure.NOT_SIGNED, nowNanos);
      return;
    }
    punch.checked();
    Terms theirs = punch.theirs();
    boolean welcome =
        theirs != null
            && theirs.endpoint().address().isIpv4() == punch.ours().endpoint().address().isIpv4()
            && !theirs.endpoint().equals(punch.ours().endpoint())
            && attempts.mayDial(punch.peer(), theirs.endpoint(), nowNanos);
    if (!welcome) {
      attempts.fail(punch, Failure.UNWELCOME, nowNanos);
    } else if (!attempts.isHopeless(punch, nowNanos)) {
      attempts.go(punch, nowNanos);
    }
  }
}
