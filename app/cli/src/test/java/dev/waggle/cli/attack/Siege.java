package dev.waggle.cli.attack;

import dev.waggle.ports.Endpoint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Hostile links against one node, each with an identity of its own: whichever the node ends comes
 * back as somebody else.
 *
 * <p>The kinds of attack take turns. Only a few handshakes are under way at once, for the node has
 * a limit to them. Safe from any thread.
 */
final class Siege implements AutoCloseable {
  private static final int MAX_HANDSHAKES = 8;

  private final RawLinks links;
  private final Endpoint target;
  private final Ammunition ammunition;
  private final Identities identities = new Identities();
  private final Map<String, Attack> attackers = new ConcurrentHashMap<>();
  private final List<Place> places = new ArrayList<>();
  private volatile boolean closed;

  // The loop's own.
  private final Deque<Place> free = new ArrayDeque<>();
  private int handshakes;

  /** Where one link stands, and then its successor. */
  private static final class Place {
    private final Attack attack;
    private final CompletableFuture<Void> stood = new CompletableFuture<>();
    private @Nullable RawLink link;
    private boolean withdrawn;

    Place(Attack attack) {
      this.attack = attack;
    }
  }

  private Siege(RawLinks links, Endpoint target, Ammunition ammunition) {
    this.links = links;
    this.target = target;
    this.ammunition = ammunition;
  }

  /** Lays siege with {@code count} links, of each of the {@code attacks} in turn. */
  static Siege lay(
      RawLinks links,
      Endpoint target,
      Ammunition ammunition,
      Collection<Attack> attacks,
      int count) {
    Siege siege = new Siege(links, target, ammunition);
    List<Attack> kinds = List.copyOf(attacks);
    for (int i = 0; i < count; i++) {
      siege.places.add(new Place(kinds.get(i % kinds.size())));
    }
    siege.free.addAll(siege.places);
    links.everyTick(siege::fill);
    return siege;
  }

  /** Completes when each of the links has stood once. */
  CompletableFuture<Void> complete() {
    return CompletableFuture.allOf(
        places.stream().map(place -> place.stood).toArray(CompletableFuture<?>[]::new));
  }

  /** What somebody has done here, or null if that was none of ours. */
  @Nullable Attack attackOf(String peerId) {
    return attackers.get(peerId);
  }

  /** Ends {@code count} links for good. */
  void withdraw(int count) {
    links.execute(
        () -> {
          for (Place place : places.subList(0, count)) {
            place.withdrawn = true;
            free.remove(place);
            if (place.link != null) {
              place.link.end("withdrawn");
            }
          }
        });
  }

  private void fill() {
    while (!closed && handshakes < MAX_HANDSHAKES && !free.isEmpty()) {
      occupy(free.remove());
    }
  }

  private void occupy(Place place) {
    RawLink link = links.open(target, identities.next(), place.attack.with(ammunition));
    attackers.put(link.self().hex(), place.attack);
    place.link = link;
    handshakes++;
    CompletableFuture<?> decided = CompletableFuture.anyOf(link.standing(), link.ended());
    CompletableFuture<Void> _ = decided.thenRun(() -> handshakes--);
    CompletableFuture<Void> _ = link.standing().thenRun(() -> place.stood.complete(null));
    CompletableFuture<Void> _ = link.ended().thenRun(() -> vacated(place));
  }

  private void vacated(Place place) {
    place.link = null;
    if (!place.withdrawn) {
      free.add(place);
    }
  }

  /** Ends all links for good. */
  @Override
  public void close() {
    closed = true;
    withdraw(places.size());
  }
}
