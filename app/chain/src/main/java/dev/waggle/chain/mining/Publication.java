package dev.waggle.chain.mining;

import dev.waggle.ports.gossip.GossipPublisher;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Publishes something and waits for the verdict. */
final class Publication {
  /** The id once the message is accepted; fails with {@link NotAccepted} otherwise. */
  static CompletionStage<MessageId> publish(
      GossipPublisher publisher, MessageId id, GossipMessage message) {
    return publisher
        .publish(message)
        .thenCompose(
            verdict ->
                verdict instanceof Verdict.Accept
                    ? CompletableFuture.completedStage(id)
                    : CompletableFuture.failedStage(new NotAccepted(id, verdict)));
  }

  private Publication() {}
}
