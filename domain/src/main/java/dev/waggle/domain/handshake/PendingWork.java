package dev.waggle.domain.handshake;

import java.util.function.Supplier;

/**
 * Work whose result is the transition that it leads to, so that resuming is no more than making it.
 */
final class PendingWork implements HandshakeWork {
  private final HandshakeState origin;
  private final Supplier<Transition> body;

  /**
   * Work that is to be done.
   *
   * @param origin the state that it leaves, whose secrets {@code body} wipes when it has used them
   */
  PendingWork(HandshakeState origin, Supplier<Transition> body) {
    this.origin = origin;
    this.body = body;
  }

  @Override
  public Outcome compute() {
    return new Computed(this, body.get());
  }

  @Override
  public void abandon() {
    origin.wipe();
  }

  /**
   * The outcome.
   *
   * @param origin lets a handshake tell its own outcome from that of another
   */
  record Computed(PendingWork origin, Transition transition) implements Outcome {
    @Override
    public void wipe() {
      transition.wipe();
    }
  }
}
