package dev.waggle.simulator.faults;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import dev.waggle.simulator.chain.BlockMaker;
import dev.waggle.simulator.faults.Fault.Lying;
import dev.waggle.simulator.node.LinkEnd;
import dev.waggle.simulator.node.RunningNode;
import dev.waggle.simulator.node.SimulatedNode;
import dev.waggle.simulator.run.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node that announces a chain which it has made up, in the place of what it would announce, and
 * sends of it what its lie needs; and no other message that it is asked for.
 */
abstract class HeaderLiar extends Liar {
  /** Longer than what a node learns ahead of the blocks. */
  private static final int LENGTH = 6000;

  /** As many as honest nodes send at a time. */
  private static final int PER_MESSAGE = 128;

  private @Nullable MadeUpChain madeUp;

  private HeaderLiar(Simulation simulation, SimulatedNode node, Lying lying) {
    super(simulation, node, lying);
  }

  MadeUpChain chain() {
    MadeUpChain made = madeUp;
    if (made == null) {
      made =
          new MadeUpChain(
              new BlockMaker(simulation().rules(), random()),
              simulation().fidelity(),
              simulation().genesis(),
              simulation().millis());
      begin(made);
      madeUp = made;
    }
    return made;
  }

  /** Makes the chain as long as it is to be, with a lure. */
  void begin(MadeUpChain made) {
    made.grow(LENGTH);
    made.lure();
  }

  @Override
  void act(RunningNode running, List<LinkEnd> peers) {
    WireMessage announce = new WireMessage.Announce(List.of(chain().tip()));
    peers.forEach(peer -> running.say(peer, announce));
  }

  @Override
  public boolean lets(LinkEnd from, WireMessage message) {
    if (message instanceof WireMessage.GetHeaders(var locator, int count)) {
      int height = chain().heightOf(locator);
      if (height >= 0) {
        answer(node().up(), from, height, count);
      }
      return false;
    }
    if (message instanceof WireMessage.Request(var ids)) {
      for (MessageId id : ids) {
        GossipMessage body = body(id);
        if (body != null) {
          node().up().say(from, new WireMessage.Gossip(body));
        }
      }
    }
    return !RelayLiar.isRequest(message);
  }

  @Override
  public WireMessage sends(LinkEnd to, WireMessage message) {
    return message instanceof WireMessage.Announce announce
            && !announce.ids().contains(chain().tip())
        ? new WireMessage.Announce(List.of(chain().tip()))
        : message;
  }

  /** What it sends of a block that it is asked for, or null. */
  @Nullable GossipMessage body(MessageId id) {
    return chain().lured(id);
  }

  /**
   * Answers whoever has this block.
   *
   * @param height of the block, in the chain
   */
  void answer(RunningNode running, LinkEnd to, int height, int count) {
    int end = Math.min(LENGTH, height + count);
    for (int at = height; at == height || at < end; at += PER_MESSAGE) {
      int some = Math.min(PER_MESSAGE, end - at);
      running.say(to, chain().after(at, some, LENGTH - at - some));
    }
  }

  /** Sends headers of which one is wrong. */
  static final class Garbler extends HeaderLiar {
    private enum Flaw {
      OTHER_PARENT,
      UNKNOWN_VERSION,
      CUT_SHORT
    }

    private static final List<Flaw> FLAWS = List.of(Flaw.values());

    /** Within the parent's id. */
    private static final int PARENT_OFFSET = 1 + Long.BYTES + 7;

    Garbler(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }

    @Override
    void answer(RunningNode running, LinkEnd to, int height, int count) {
      WireMessage.Headers sound = chain().after(height, Math.min(count, PER_MESSAGE), LENGTH);
      List<Bytes> headers = new ArrayList<>(sound.headers());
      if (!headers.isEmpty()) {
        int at = random().nextInt(headers.size());
        headers.set(at, flawed(headers.get(at)));
      }
      running.say(to, new WireMessage.Headers(sound.after(), sound.further(), headers));
    }

    private Bytes flawed(Bytes header) {
      byte[] bytes = header.toArray();
      return switch (FLAWS.get(random().nextInt(FLAWS.size()))) {
        case OTHER_PARENT -> changed(bytes, PARENT_OFFSET);
        case UNKNOWN_VERSION -> changed(bytes, 0);
        case CUT_SHORT -> Bytes.wrap(Arrays.copyOf(bytes, bytes.length - 1));
      };
    }

    private static Bytes changed(byte[] header, int at) {
      header[at] ^= 1 << 6;
      return Bytes.wrap(header);
    }
  }

  /** Sends headers, and no blocks. */
  static final class Withholder extends HeaderLiar {
    Withholder(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }
  }

  /** Sends blocks as well. */
  static final class Forger extends HeaderLiar {
    Forger(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }

    @Override
    @Nullable GossipMessage body(MessageId id) {
      GossipMessage lured = super.body(id);
      return lured == null ? chain().forged(id) : lured;
    }
  }

  /** Sends headers for as long as it lies. */
  static final class Flooder extends HeaderLiar {
    private static final int MOST = 50_000;

    Flooder(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }

    /** Below the lure there is nothing. */
    @Override
    void begin(MadeUpChain made) {
      made.lureOn(
          MOST,
          new MessageId(
              random().nextLong(), random().nextLong(), random().nextLong(), random().nextLong()));
    }

    /** As many again as were asked for, and says that there is no end of them. */
    @Override
    void answer(RunningNode running, LinkEnd to, int height, int count) {
      int end = Math.min(MOST, height + 2 * Math.max(count, PER_MESSAGE));
      chain().grow(end);
      for (int at = height; at < end; at += PER_MESSAGE) {
        running.say(
            to,
            chain().after(at, Math.min(PER_MESSAGE, end - at), WireMessage.Headers.MAX_FURTHER));
      }
    }
  }

  /** Sends headers to everybody, from time to time. */
  static final class Babbler extends HeaderLiar {
    Babbler(Simulation simulation, SimulatedNode node, Lying lying) {
      super(simulation, node, lying);
    }

    @Override
    void act(RunningNode running, List<LinkEnd> peers) {
      int height = random().nextInt(LENGTH - PER_MESSAGE);
      WireMessage headers = chain().after(height, PER_MESSAGE, LENGTH);
      for (LinkEnd peer : peers) {
        if (peer.has(Feature.HEADERS_FIRST)) {
          running.say(peer, headers);
        }
      }
    }
  }
}
