package dev.waggle.node.runtime;

import dev.waggle.domain.node.P2PService;
import dev.waggle.ports.node.Ban;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes the operator's bans to the node thread, and the answers back. Safe from any thread; answers
 * are given on the node thread, which must not be blocked. On a node that is closed they end in an
 * {@link IllegalStateException}.
 */
public final class BanDesk {
  /** What the operator wants of the service. */
  private interface Wish<T> {
    T fulfil(P2PService service, long nowNanos);
  }

  private final Mailbox mailbox;
  private final AddressGate gate;
  private final Set<Question<?>> unanswered = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  BanDesk(Mailbox mailbox, AddressGate gate) {
    this.mailbox = mailbox;
    this.gate = gate;
  }

  /** {@link P2PService#ban}. */
  public CompletionStage<Boolean> ban(Ban ban) {
    return ask((service, now) -> service.ban(ban, now));
  }

  /** {@link P2PService#unban}. */
  public CompletionStage<Boolean> unban(Ban.Subject subject) {
    return ask((service, now) -> service.unban(subject, now));
  }

  /** {@link P2PService#bans}. */
  public CompletionStage<List<Ban>> bans() {
    return ask(P2PService::bans);
  }

  private <T> CompletionStage<T> ask(Wish<T> wish) {
    Question<T> question = new Question<>(wish);
    unanswered.add(question);
    mailbox.post(new NodeEvent.Wished(question::answer));
    if (closed) {
      question.refuse();
    }
    return question.answer;
  }

  /** The node thread has ended: what waits is not answered any more. */
  void close() {
    closed = true;
    unanswered.forEach(Question::refuse);
  }

  /** A wish that is answered once, somehow. */
  private final class Question<T> {
    private final Wish<T> wish;
    private final CompletableFuture<T> answer = new CompletableFuture<>();

    Question(Wish<T> wish) {
      this.wish = wish;
    }

    /** On the node thread. */
    void answer(P2PService service, long nowNanos) {
      unanswered.remove(this);
      try {
        T fulfilled = wish.fulfil(service, nowNanos);
        gate.set(service.bannedAddresses());
        answer.complete(fulfilled);
      } finally {
        answer.completeExceptionally(new IllegalStateException("the node failed on it"));
      }
    }

    void refuse() {
      unanswered.remove(this);
      answer.completeExceptionally(new IllegalStateException("the node is closed"));
    }
  }
}
