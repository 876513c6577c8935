package dev.waggle.node.runtime;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.operator.ConnectResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The dials whose outcome the operator waits for. The node thread's, but for {@link #close}, which
 * any thread may call: a node thread that hangs in the application may still be there then.
 */
final class AwaitedDials {
  /** Longer than a dial takes that begins at once; another one is awaited no further. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final ConnectResult NOT_YET =
      new ConnectResult.Failed("no answer yet; it is tried again and again");

  private record Dial(Endpoint endpoint, CompletableFuture<ConnectResult> result) {}

  private final LinkServices services;
  private final List<Dial> dials = new CopyOnWriteArrayList<>();

  AwaitedDials(LinkServices services) {
    this.services = services;
  }

  /** Completes with what becomes of the next dial of an address, or of this one. */
  CompletionStage<ConnectResult> await(PeerAddress address) {
    dials.removeIf(dial -> dial.result.isDone());
    CompletableFuture<ConnectResult> result = new CompletableFuture<>();
    dials.add(new Dial(address.endpoint(), result));
    Runnable _ = services.schedule(PATIENCE.toNanos(), () -> result.complete(NOT_YET));
    return result;
  }

  boolean isEmpty() {
    return dials.isEmpty();
  }

  /**
   * A dial has led to a link.
   *
   * @param isInUse whether the link is in use; if not, it was turned away here
   */
  void linked(PeerAddress dialled, PeerInfo peer, boolean isInUse) {
    complete(
        dialled,
        isInUse
            ? new ConnectResult.Linked(peer)
            : new ConnectResult.Failed("the peer is banned, or linked already"));
  }

  void failed(PeerAddress dialled, String reason) {
    complete(dialled, new ConnectResult.Failed(reason));
  }

  private void complete(PeerAddress dialled, ConnectResult result) {
    List<Dial> over =
        dials.stream().filter(dial -> dial.endpoint.equals(dialled.endpoint())).toList();
    dials.removeAll(over);
    over.forEach(dial -> dial.result.complete(result));
  }

  /** Nothing comes of any of them. */
  void close() {
    dials.forEach(
        dial -> dial.result.completeExceptionally(new IllegalStateException("the node is closed")));
  }
}
