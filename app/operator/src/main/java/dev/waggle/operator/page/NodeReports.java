package dev.waggle.operator.page;

import dev.waggle.chain.AcceptedBlock;
import dev.waggle.chain.ChainReader;
import dev.waggle.chain.ChainView;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.operator.NodeControl;
import dev.waggle.ports.wire.MessageId;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Where one node tells a page what happens to it. Safe from any thread; never blocks. */
public final class NodeReports {
  private final int node;
  private final String name;
  private final SessionLog log;
  private final Counting counting;
  private final AtomicBoolean down = new AtomicBoolean();

  NodeReports(int node, String name, SessionLog log, Counting counting) {
    this.node = node;
    this.name = name;
    this.log = log;
    this.counting = counting;
  }

  /** The node takes connections. */
  public void listening(Endpoint address, PeerId peerId) {
    log.append(new SessionEvent.NodeUp(node, name, peerId, address));
  }

  /** What the page may ask from now on, while somebody looks at it. */
  public void running(NodeControl control, ChainReader chain) {
    ChainView view = chain.view();
    log.append(new SessionEvent.Tip(node, view.height(), view.tip()));
    counting.add(node, control);
  }

  /** A link stands. */
  public void linked(PeerInfo peer) {
    log.append(new SessionEvent.LinkUp(node, peer));
  }

  /** A link has ended. */
  public void unlinked(PeerInfo peer, String reason) {
    log.append(new SessionEvent.LinkDown(node, peer, reason));
  }

  /** The node keeps a block. */
  public void blockAccepted(AcceptedBlock block) {
    log.append(new SessionEvent.BlockAccepted(node, block));
  }

  /**
   * A block broke a rule.
   *
   * @param from the peer that sent it, or null if it was made here
   */
  public void blockRejected(MessageId id, String why, @Nullable PeerId from) {
    log.append(new SessionEvent.BlockRejected(node, id, why, from));
  }

  /** The node has ended. The first call counts. */
  public void ended(String reason) {
    if (down.compareAndSet(false, true)) {
      counting.remove(node);
      log.append(new SessionEvent.NodeDown(node, reason));
    }
  }
}
