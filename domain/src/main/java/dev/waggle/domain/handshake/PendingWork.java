package dev.waggle.domain.handshake;

import java.util.function.Supplier;

/**
 * Work whose result is the transition that it leads to, so that resuming is no more than making it.
 */
final class PendingWork implements HandshakeWork {
  private final Supplier<Transition> body;

  PendingWork(Supplier<Transition> body) {
    this.body = body;
  }

  @Override
  public Outcome compute() {
    return new Computed(this, body.get());
  }

  /**
   * The outcome.
   *
   * @param origin lets a handshake tell its own outcome from that of another
   */
  record Computed(PendingWork origin, Transition transition) implements Outcome {}
}
