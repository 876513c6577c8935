package dev.waggle.cli.attack;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.wire.Feature;
import dev.waggle.ports.wire.GossipMessage;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Links of {@link Liar}s to one node, each with an identity of its own: whoever is thrown out comes
 * back as somebody else. The kinds of lies take turns.
 */
final class Liars {
  /** Only a few at once, for the node has a limit to handshakes under way. */
  private static final int MAX_HANDSHAKES = 4;

  private static final List<Integer> FEATURES = List.of(Feature.HEADERS_FIRST);

  private final Liar.Lore lore;
  private final Identities identities = new Identities();
  private final CompletableFuture<Void> complete = new CompletableFuture<>();
  private final Set<HeaderLie> kinds;
  private final int count;
  private final AtomicInteger thrownOut = new AtomicInteger();

  // The loop's own, once they are let loose.
  private final Deque<Place> free = new ArrayDeque<>();
  private int handshakes;
  private int stood;

  /** Where one link stands, and then its successor. */
  private record Place(HeaderLie lie, List<GossipMessage> orphans) {}

  /**
   * Liars that do nothing yet.
   *
   * @param orphans of each liar that has any; mined now
   */
  Liars(Liar.Lore lore, Collection<HeaderLie> kinds, int count, int orphans) {
    this.lore = lore;
    this.kinds = EnumSet.copyOf(kinds);
    this.count = count;
    List<HeaderLie> turns = List.copyOf(kinds);
    for (int i = 0; i < count; i++) {
      HeaderLie lie = turns.get(i % turns.size());
      free.add(new Place(lie, lie == HeaderLie.ORPHANS ? Liar.orphans(orphans) : List.of()));
    }
  }

  /** Lets them loose on a node. To be called once. */
  void start(RawLinks links, Endpoint target) {
    links.everyTick(() -> fill(links, target));
  }

  /** Completes when as many links have stood as there are liars. */
  CompletableFuture<Void> complete() {
    return complete;
  }

  private void fill(RawLinks links, Endpoint target) {
    while (handshakes < MAX_HANDSHAKES && !free.isEmpty()) {
      occupy(links, target, free.remove());
    }
  }

  private void occupy(RawLinks links, Endpoint target, Place place) {
    RawLink link =
        links.open(target, identities.next(FEATURES), new Liar(place.lie(), lore, place.orphans()));
    handshakes++;
    CompletableFuture<?> decided = CompletableFuture.anyOf(link.standing(), link.ended());
    CompletableFuture<Void> _ = decided.thenRun(() -> handshakes--);
    CompletableFuture<Void> _ = link.standing().thenRun(this::stands);
    CompletableFuture<Void> _ = link.ended().thenRun(() -> vacated(place));
  }

  private void stands() {
    if (++stood == count) {
      complete.complete(null);
    }
  }

  private void vacated(Place place) {
    thrownOut.incrementAndGet();
    free.add(place);
  }

  @Override
  public String toString() {
    return "%d liars (%s), %d times thrown out".formatted(count, kinds, thrownOut.get());
  }
}
