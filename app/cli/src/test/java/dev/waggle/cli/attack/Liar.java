package dev.waggle.cli.attack;

import dev.waggle.chain.Author;
import dev.waggle.chain.BlockTemplate;
import dev.waggle.chain.ChainRules;
import dev.waggle.crypto.SystemRandom;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A peer that shows a block from far ahead now and then, and its parent when that is asked for, and
 * has one {@link HeaderLie} for what is asked for next.
 */
final class Liar implements Behaviour {
  private static final int TICKS_PER_BAIT = 5000 / RawLinks.TICK_MILLIS;
  private static final int TICKS_PER_DRIP = 2000 / RawLinks.TICK_MILLIS;

  /** Of headers, in a message. */
  private static final int PART = 128;

  private static final int MANY = 1_000_000;

  // Of an encoded header (CHAIN §3).
  private static final int HEIGHT_OFFSET = 1;
  private static final int PARENT_OFFSET = 9;

  private final HeaderLie lie;
  private final Lore lore;
  private final LongChain chain;
  private final List<GossipMessage> orphans;
  private final Deque<Integer> wanted = new ArrayDeque<>();
  private int bait;
  private int ticks;
  private int orphansSent;

  /**
   * What liars know; for the thread of their links.
   *
   * @param real the chain that the victim is behind of
   * @param madeUp another one from the same beginning, which nobody else has
   * @param random chooses blocks
   */
  record Lore(LongChain real, LongChain madeUp, SplittableRandom random) {}

  Liar(HeaderLie lie, Lore lore, List<GossipMessage> orphans) {
    this.lie = lie;
    this.lore = lore;
    this.chain = lie == HeaderLie.MADE_UP ? lore.madeUp() : lore.real();
    this.orphans = orphans;
  }

  /** Blocks that have cost their work, and follow what there is not. */
  static List<GossipMessage> orphans(int count) {
    ChainRules rules = Signing.rules();
    Author author = Author.drawn(rules, new SystemRandom());
    NonceLanes nonces = new NonceLanes(rules);
    SplittableRandom random = new SplittableRandom(count);
    List<GossipMessage> orphans = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] parent = new byte[MessageId.LENGTH];
      random.nextBytes(parent);
      BlockTemplate template = new BlockTemplate(2, MessageId.read(parent, 0), 0, List.of());
      orphans.add(nonces.search(author.sign(template)).toMessage());
    }
    return orphans;
  }

  @Override
  public boolean sendMore(RawLink link) {
    if (lie != HeaderLie.ORPHANS) {
      showBlock(link);
      return false;
    }
    if (orphansSent == orphans.size()) {
      return false;
    }
    link.send(new WireMessage.Gossip(orphans.get(orphansSent++)));
    return true;
  }

  private void showBlock(RawLink link) {
    bait = lore.random().nextInt(3, chain.height() + 1);
    link.send(new WireMessage.Gossip(chain.block(bait)));
  }

  @Override
  public void ticked(RawLink link) {
    if (lie == HeaderLie.ORPHANS) {
      return;
    }
    ticks++;
    if (ticks % TICKS_PER_BAIT == 0) {
      showBlock(link);
    }
    if (ticks % TICKS_PER_DRIP == 0 && !wanted.isEmpty()) {
      link.send(new WireMessage.Gossip(chain.block(wanted.remove())));
    }
  }

  @Override
  public void received(RawLink link, WireMessage message) {
    if (message instanceof WireMessage.GetHeaders request) {
      answer(link, request);
    } else if (message instanceof WireMessage.Request(List<MessageId> ids)) {
      ids.forEach(id -> requested(link, id));
    } else if (message instanceof WireMessage.Ping(long nonce)) {
      link.send(new WireMessage.Pong(nonce));
    }
  }

  private void requested(RawLink link, MessageId id) {
    int height = chain.heightOf(id);
    if (height > 0 && height == bait - 1) {
      link.send(new WireMessage.Gossip(chain.block(height)));
    } else if (height > 0 && lie == HeaderLie.DRIPPING) {
      wanted.add(height);
    }
  }

  private void answer(RawLink link, WireMessage.GetHeaders request) {
    switch (lie) {
      case WITHOUT_WORK -> sendUnproven(link, request);
      case SILENT ->
          link.send(new WireMessage.Headers(request.locator().getFirst(), MANY, List.of()));
      case WITHHELD, MADE_UP, DRIPPING -> sendHeaders(link, request);
      case ORPHANS -> {} // Would need to have shown a second block.
    }
  }

  /** As an honest peer does. */
  private void sendHeaders(RawLink link, WireMessage.GetHeaders request) {
    for (MessageId id : request.locator()) {
      int after = chain.heightOf(id);
      if (after >= 0) {
        int last = Math.min(chain.height(), after + request.count());
        do {
          int end = Math.min(last, after + PART);
          List<Bytes> headers = new ArrayList<>();
          for (int height = after + 1; height <= end; height++) {
            headers.add(chain.header(height));
          }
          link.send(new WireMessage.Headers(chain.id(after), chain.height() - end, headers));
          after = end;
        } while (after < last);
        return;
      }
    }
  }

  private void sendUnproven(RawLink link, WireMessage.GetHeaders request) {
    MessageId after = request.locator().getFirst();
    int height = Math.max(0, lore.real().heightOf(after));
    MessageId parent = after;
    List<Bytes> headers = new ArrayList<>();
    for (int i = 1; i <= Math.min(request.count(), PART); i++) {
      byte[] header = lore.madeUp().header(1).toArray();
      header[HEIGHT_OFFSET] = (byte) (height + i);
      header[HEIGHT_OFFSET + 1] = (byte) ((height + i) >> Byte.SIZE);
      header[HEIGHT_OFFSET + 2] = (byte) ((height + i) >> (2 * Byte.SIZE));
      parent.copyTo(header, PARENT_OFFSET);
      headers.add(Bytes.wrap(header));
      parent = LongChain.idOf(headers.getLast());
    }
    link.send(new WireMessage.Headers(after, MANY, headers));
  }

  @Override
  public String toString() {
    return "Liar(" + lie + ")";
  }
}
