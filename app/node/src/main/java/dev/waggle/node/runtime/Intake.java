package dev.waggle.node.runtime;

import dev.waggle.domain.naming.MessageIds;
import dev.waggle.domain.relay.Reconstruction;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.IndexedItem;
import dev.waggle.ports.wire.MessageId;
import dev.waggle.ports.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a message before the node hears of it: gossip is named and examined, and so are
 * blocks that come in parts, and headers in a row; what is known already is dropped. Large messages
 * only pass, and come back to be named. None of that is a decision, so none of it costs the node
 * thread time. Owned by one thread.
 */
final class Intake {
  /** Larger ones are named by {@link Naming}: these take 10 microseconds at most. */
  private static final int MAX_SMALL_BYTES = 16 * 1024;

  /** To name an item takes as long as to hash so many bytes, and its own. */
  private static final int BYTES_PER_NAME = 256;

  /** And to examine a header as long as to hash so many more: a microsecond. */
  private static final int BYTES_PER_EXAMINED_HEADER = 1280;

  private final MessageIds ids;
  private final KnownIds known;
  private final GossipApplication application;

  Intake(MessageIds ids, KnownIds known, GossipApplication application) {
    this.ids = ids;
    this.known = known;
    this.application = application;
  }

  /**
   * What the node has to hear, or null if nothing.
   *
   * @param from who sent it
   */
  @Nullable Incoming take(WireMessage message, PeerId from) {
    return switch (message) {
      case WireMessage.Gossip(GossipMessage carried) -> take(carried, from);
      case WireMessage.Announce(var announced) -> unknown(announced);
      case WireMessage.Compact compact -> take(compact);
      case WireMessage.Outline outline -> take(outline);
      case WireMessage.Items items -> take(items);
      case WireMessage.Headers headers -> take(headers);
      case WireMessage.Request _,
          WireMessage.RequestCompact _,
          WireMessage.RequestItems _,
          WireMessage.SendCompact _,
          WireMessage.Preamble _,
          WireMessage.IDontWant _,
          WireMessage.GetHeaders _,
          WireMessage.Ping _,
          WireMessage.Pong _,
          WireMessage.GetAddr _,
          WireMessage.Addr _,
          WireMessage.Observed _,
          WireMessage.Extension _,
          WireMessage.DialRequest _,
          WireMessage.DialBack _,
          WireMessage.DialResponse _,
          WireMessage.Meet _,
          WireMessage.Relayed _,
          WireMessage.Goodbye _ ->
          new Incoming.Other(message);
    };
  }

  private @Nullable Arrival take(GossipMessage message, PeerId from) {
    Arrival arrival = new Arrival(message, from);
    if (message.payload().length() <= MAX_SMALL_BYTES) {
      name(arrival);
      arrival.weigh();
    }
    return arrival.isKnown() ? null : arrival;
  }

  private @Nullable Incoming take(WireMessage.Compact compact) {
    if (application.blockFormat() == null) {
      return new Incoming.Other(compact);
    }
    MessageId block = ids.ofHeader(compact.header());
    return known.contains(block)
        ? null
        : namedIfSmall(new IncomingCompact(block, compact), compact.prefilled());
  }

  private @Nullable Incoming take(WireMessage.Outline outline) {
    if (application.blockFormat() == null) {
      return new Incoming.Other(outline);
    }
    MessageId block = ids.ofHeader(outline.header());
    return known.contains(block) ? null : new IncomingOutline(block, outline);
  }

  private IncomingItems take(WireMessage.Items items) {
    return namedIfSmall(new IncomingItems(items), items.items());
  }

  private <P extends Prepared> P namedIfSmall(P incoming, List<IndexedItem> items) {
    long bytes = 0;
    for (IndexedItem item : items) {
      bytes += BYTES_PER_NAME + item.payload().length();
    }
    if (bytes <= MAX_SMALL_BYTES) {
      name(incoming);
    }
    return incoming;
  }

  private Incoming take(WireMessage.Headers headers) {
    HeaderChain chain = application.headerChain();
    if (chain == null) {
      return new Incoming.Other(headers);
    }
    IncomingHeaders incoming = new IncomingHeaders(headers);
    long bytes = 0;
    for (Bytes header : headers.headers()) {
      bytes += BYTES_PER_NAME + BYTES_PER_EXAMINED_HEADER + header.length();
    }
    if (bytes <= MAX_SMALL_BYTES) {
      incoming.examineBy(chain, ids);
      incoming.weigh();
    }
    return incoming;
  }

  /** Finds out what a message speaks of. */
  void name(Prepared incoming) {
    switch (incoming) {
      case Arrival arrival -> name(arrival);
      case IncomingCompact compact -> name(compact);
      case IncomingOutline _ -> {}
      case IncomingItems items -> items.nameBy(ids);
      case IncomingHeaders headers ->
          headers.examineBy(
              Objects.requireNonNull(application.headerChain(), "no chain any more"), ids);
    }
  }

  private void name(IncomingCompact compact) {
    List<IndexedItem> items = compact.compact().prefilled();
    List<MessageId> names = new ArrayList<>(items.size());
    for (IndexedItem item : items) {
      names.add(ids.ofItem(item.payload()));
    }
    compact.named(names);
    if (known.contains(compact.id())) {
      compact.known();
    }
  }

  /** Names a message, and examines it if it is new and that does not take long. */
  private void name(Arrival arrival) {
    GossipMessage message = arrival.message();
    MessageIds.Named name = ids.name(message);
    MessageId id = name.id();
    arrival.named(name);
    if (known.contains(id)) {
      arrival.known();
    } else if (!application.takesLong(message)) {
      arrival.examined(application.examine(id, message));
    }
  }

  private Incoming.@Nullable Other unknown(List<MessageId> announced) {
    List<MessageId> unknown = new ArrayList<>();
    for (MessageId id : announced) {
      if (!known.contains(id)) {
        unknown.add(id);
      }
    }
    return unknown.isEmpty() ? null : new Incoming.Other(new WireMessage.Announce(unknown));
  }

  /** A message of this node's own: whoever publishes it waits until it is examined. */
  Delivery published(GossipMessage message) {
    MessageIds.Named name = ids.name(message);
    Examination examination = application.examine(name.id(), message);
    return new Delivery(name.id(), message, name.parts(), examination, null);
  }

  /**
   * Puts a block together, which takes as long as copying and examining it.
   *
   * @return null if that is not to be had
   */
  @Nullable Delivery complete(Reconstruction reconstruction) {
    BlockFormat format = application.blockFormat();
    return format == null ? null : reconstruction.complete(format, application);
  }
}
