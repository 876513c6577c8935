package dev.waggle.node.runtime;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.node.Extension;
import dev.waggle.ports.node.LinkId;
import dev.waggle.ports.node.PeerInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An extension as the node sees it: where it throws, that costs it the event, and nobody else. */
final class GuardedExtension implements Extension {
  private static final Logger log = LoggerFactory.getLogger(GuardedExtension.class);

  private final Extension inner;
  private final int feature;

  GuardedExtension(Extension inner) {
    this.inner = inner;
    this.feature = inner.feature();
  }

  @Override
  public int feature() {
    return feature;
  }

  @Override
  public void linked(LinkId link, PeerInfo peer) {
    guarded(() -> inner.linked(link, peer));
  }

  @Override
  public void received(LinkId link, Bytes body) {
    guarded(() -> inner.received(link, body));
  }

  @Override
  public void unlinked(LinkId link) {
    guarded(() -> inner.unlinked(link));
  }

  private void guarded(Runnable event) {
    try {
      event.run();
    } catch (RuntimeException e) {
      log.error("the extension of feature 0x{} failed", Integer.toHexString(feature), e);
    }
  }
}
