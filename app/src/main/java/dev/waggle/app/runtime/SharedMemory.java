package dev.waggle.app.runtime;

import dev.waggle.domain.memory.FairShares;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the links of a node hold together in one direction, shared by the rules of {@link
 * FairShares}. Safe from any thread.
 */
final class SharedMemory {
  private final FairShares shares; // guarded by this
  private final LongSupplier nanoTime;
  private final Set<Runnable> waiting = new LinkedHashSet<>();
  private final List<Runnable> yielding = new ArrayList<>();

  SharedMemory(long capacityBytes, LongSupplier nanoTime) {
    this.shares = new FairShares(capacityBytes, MemoryBudget.reservedOf(capacityBytes));
    this.nanoTime = nanoTime;
  }

  /**
   * Opens the share of a link.
   *
   * @param chosen whether this node has dialled
   * @param giveWay closes the link, from any thread, and does not call back
   */
  synchronized Share open(boolean chosen, Runnable giveWay) {
    return new Share(shares.open(chosen, () -> yielding.add(giveWay)));
  }

  /** Bytes that all links hold together. */
  synchronized long takenBytes() {
    return shares.takenBytes();
  }

  /** What one link holds. Safe from any thread. */
  final class Share {
    private final FairShares.Account account;

    private Share(FairShares.Account account) {
      this.account = account;
    }

    /** Takes memory; false if there is none for this link. */
    boolean take(long bytes) {
      return take(bytes, null);
    }

    /**
     * Sees to it that so much could be taken.
     *
     * @param then runs once, on any thread, when somebody has given something back, if not
     */
    boolean makeRoom(long bytes, Runnable then) {
      boolean room = take(bytes, then);
      if (room) {
        synchronized (SharedMemory.this) {
          shares.giveBack(account, bytes, nanoTime.getAsLong());
        }
      }
      return room;
    }

    private boolean take(long bytes, @Nullable Runnable ifNot) {
      boolean taken;
      List<Runnable> gone;
      synchronized (SharedMemory.this) {
        taken = shares.take(account, bytes, nanoTime.getAsLong());
        gone = List.copyOf(yielding);
        yielding.clear();
        if (!taken && ifNot != null) {
          waiting.add(ifNot);
        }
      }
      gone.forEach(Runnable::run);
      return taken;
    }

    /** Counts memory that is in use already. */
    void hold(long bytes) {
      synchronized (SharedMemory.this) {
        shares.hold(account, bytes, nanoTime.getAsLong());
      }
    }

    void giveBack(long bytes) {
      settle(() -> shares.giveBack(account, bytes, nanoTime.getAsLong()));
    }

    /** The link is gone, and holds nothing any more. */
    void close() {
      settle(() -> shares.close(account));
    }

    private void settle(Runnable change) {
      List<Runnable> woken;
      synchronized (SharedMemory.this) {
        change.run();
        if (waiting.isEmpty()) {
          return;
        }
        woken = List.copyOf(waiting);
        waiting.clear();
      }
      woken.forEach(Runnable::run);
    }
  }
}
