package dev.waggle.node.runtime;

import dev.waggle.domain.node.P2PService;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.Ban;
import dev.waggle.ports.node.KnownAddress;
import dev.waggle.ports.operator.ConnectResult;
import dev.waggle.ports.operator.NodeControl;
import dev.waggle.ports.operator.NodeStatus;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Takes the operator's wishes to the node thread, and the answers back. Safe from any thread. */
public final class OperatorDesk implements NodeControl {
  /** What the operator wants of the service. */
  private interface Wish<T> {
    T fulfil(P2PService service, long nowNanos);
  }

  private final Mailbox mailbox;
  private final AddressGate gate;
  private final StatusReport report;
  private final AwaitedDials awaited;
  private final Set<Question<?>> unanswered = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  OperatorDesk(Mailbox mailbox, AddressGate gate, StatusReport report, AwaitedDials awaited) {
    this.mailbox = mailbox;
    this.gate = gate;
    this.report = report;
    this.awaited = awaited;
  }

  @Override
  public CompletionStage<NodeStatus> status() {
    return ask(report::of);
  }

  @Override
  public CompletionStage<List<KnownAddress>> addresses() {
    return ask(P2PService::addresses);
  }

  @Override
  public CompletionStage<ConnectResult> connect(PeerAddress address) {
    CompletionStage<CompletionStage<ConnectResult>> begun =
        ask(
            (service, now) -> {
              ConnectResult result = service.connect(address, now);
              return result == null
                  ? awaited.await(address)
                  : CompletableFuture.completedStage(result);
            });
    return begun.thenCompose(Function.identity());
  }

  @Override
  public CompletionStage<Integer> disconnect(PeerId peer) {
    return ask((service, now) -> service.disconnect(peer, now));
  }

  @Override
  public CompletionStage<Integer> disconnect(Endpoint remote) {
    return ask((service, now) -> service.disconnect(remote, now));
  }

  @Override
  public CompletionStage<Boolean> ban(Ban.Subject subject, Duration time, String reason) {
    if (time.toSeconds() < 1) {
      throw new IllegalArgumentException("a ban lasts a second at least, and not " + time);
    }
    Ban ban = new Ban(subject, Ban.Kind.OPERATOR, time.toSeconds(), reason);
    return ask((service, now) -> service.ban(ban, now));
  }

  @Override
  public CompletionStage<Boolean> unban(Ban.Subject subject) {
    return ask((service, now) -> service.unban(subject, now));
  }

  @Override
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
    awaited.close();
  }

  private static IllegalStateException nodeIsClosed() {
    return new IllegalStateException("the node is closed");
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
      answer.completeExceptionally(nodeIsClosed());
    }
  }
}
