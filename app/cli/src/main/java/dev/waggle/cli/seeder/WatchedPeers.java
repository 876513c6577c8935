package dev.waggle.cli.seeder;

import dev.waggle.dns.SeedNode;
import dev.waggle.node.peers.FilePeerStore;
import dev.waggle.node.peers.PeerStoreException;
import dev.waggle.ports.node.PeerMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a file of peers that another process writes, for as long as this one runs. The file
 * is only ever read, and read again when its time has changed. While it cannot be read, what it
 * said before counts; nodes leave when they have not been reached for too long, with or without it.
 *
 * <p>{@link #get} may be called by any thread, {@link #look} by one at a time.
 */
public final class WatchedPeers implements Supplier<List<SeedNode>> {
  private final FilePeerStore store;
  private final ReachedNodes reached;
  private final InstantSource clock;
  private final Consumer<String> trouble;

  private PeerMemory memory = PeerMemory.NOTHING;
  private Instant readAt = Instant.EPOCH;
  private @Nullable FileTime changed;
  private @Nullable String told;
  private volatile List<SeedNode> nodes = List.of();

  private WatchedPeers(
      FilePeerStore store, ReachedNodes reached, InstantSource clock, Consumer<String> trouble) {
    this.store = store;
    this.reached = reached;
    this.clock = clock;
    this.trouble = trouble;
  }

  /**
   * Reads the file for the first time.
   *
   * @param clock wall-clock time
   * @param trouble takes a line when the file cannot be read any more, on the thread that looks;
   *     the same trouble is told once
   * @throws PeerStoreException if it cannot be read from the start
   */
  public static WatchedPeers start(
      FilePeerStore store, ReachedNodes reached, InstantSource clock, Consumer<String> trouble)
      throws PeerStoreException {
    WatchedPeers watched = new WatchedPeers(store, reached, clock, trouble);
    watched.read(watched.timeOfChange());
    watched.select();
    return watched;
  }

  /** The nodes when it was looked last. */
  @Override
  public List<SeedNode> get() {
    return nodes;
  }

  /** Looks whether the file has changed, and who has not been reached for too long. */
  public void look() {
    try {
      FileTime time = timeOfChange();
      if (time == null || !time.equals(changed)) {
        read(time);
      }
      told = null;
    } catch (PeerStoreException e) {
      tell(e.getMessage() + "; the nodes that it named before stay");
    }
    select();
  }

  /**
   * Null if that cannot be told, for which reading the file gives the reason. The time is taken
   * before the file is read: one that is replaced in between is read once more.
   */
  private @Nullable FileTime timeOfChange() {
    try {
      return Files.getLastModifiedTime(store.file());
    } catch (IOException e) {
      return null;
    }
  }

  private void read(@Nullable FileTime time) throws PeerStoreException {
    memory = store.peek();
    readAt = clock.instant();
    changed = time;
  }

  private void select() {
    Duration since = Duration.between(readAt, clock.instant());
    nodes = reached.of(memory, since.isNegative() ? Duration.ZERO : since);
  }

  private void tell(String problem) {
    if (!problem.equals(told)) {
      told = problem;
      trouble.accept(problem);
    }
  }
}
