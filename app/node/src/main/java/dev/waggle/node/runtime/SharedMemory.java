package dev.waggle.node.runtime;

import dev.waggle.domain.memory.FairShares;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * What the links of a node hold together in one direction, shared by the rules of {@link
 * FairShares}. Safe from any thread.
 */
final class SharedMemory {
  private final FairShares shares; // guarded by this
  private final long capacityBytes;
  private final LongSupplier nanoTime;
  private final Map<Runnable, Want> waiting = new LinkedHashMap<>();
  private final List<Runnable> yielding = new ArrayList<>();

  SharedMemory(long capacityBytes, LongSupplier nanoTime) {
    this.capacityBytes = capacityBytes;
    this.shares = new FairShares(capacityBytes, reservedOf(capacityBytes));
    this.nanoTime = nanoTime;
  }

  /** A quarter of what links share is for those that this node has dialled. */
  static long reservedOf(long bytes) {
    return bytes / 4;
  }

  /**
   * Opens the share of a link.
   *
   * @param chosen whether this node has dialled
   * @param giveWay lets go of what the link holds, and ends it; called by any thread, which may
   *     {@link Share#close} then
   */
  synchronized Share open(boolean chosen, Runnable giveWay) {
    return new Share(shares.open(chosen, () -> yielding.add(giveWay)));
  }

  /** Bytes that all links hold together. */
  synchronized long takenBytes() {
    return shares.takenBytes();
  }

  /** Bytes that all links may hold together. */
  long capacityBytes() {
    return capacityBytes;
  }

  /** What somebody waits for. */
  private record Want(FairShares.Account account, long bytes) {}

  /** Whoever finds what they wait for now, and does not wait any more. */
  private List<Runnable> satisfied() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Runnable> satisfied = new ArrayList<>();
    waiting.forEach(
        (then, want) -> {
          if (shares.hasRoom(want.account, want.bytes)) {
            satisfied.add(then);
          }
        });
    satisfied.forEach(waiting::remove);
    return satisfied;
  }

  /** What one link holds. Safe from any thread. */
  final class Share {
    private final FairShares.Account account;

    private Share(FairShares.Account account) {
      this.account = account;
    }

    /** Takes memory; false if there is none for this link. */
    boolean take(long bytes) {
      return settled(() -> shares.take(account, bytes, nanoTime.getAsLong()));
    }

    /** Takes memory of which there is plenty; false if there is not. */
    boolean takeSpare(long bytes) {
      synchronized (SharedMemory.this) {
        return shares.takeSpare(account, bytes, nanoTime.getAsLong());
      }
    }

    /**
     * Sees to it that so much could be taken.
     *
     * @param then if not, runs once, on any thread, when there is room; one object a link, for it
     *     is kept once
     */
    boolean makeRoom(long bytes, Runnable then) {
      return settled(
          () -> {
            boolean room = shares.makeRoom(account, bytes, nanoTime.getAsLong());
            if (!room) {
              waiting.put(then, new Want(account, bytes));
            }
            return room;
          });
    }

    /** Asks, and then ends those who gave way. */
    private boolean settled(BooleanSupplier question) {
      boolean granted;
      List<Runnable> gone;
      synchronized (SharedMemory.this) {
        granted = question.getAsBoolean();
        gone = List.copyOf(yielding);
        yielding.clear();
      }
      gone.forEach(Runnable::run);
      return granted;
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

    /**
     * The link is gone, and awaits nothing any more; what the node has yet to handle of what it
     * brought counts until that is given back.
     */
    void leave() {
      settle(
          () -> {
            shares.leave(account);
            waiting.values().removeIf(want -> want.account == account);
          });
    }

    /** The link is gone, and neither holds nor awaits anything any more. */
    void close() {
      settle(
          () -> {
            shares.close(account);
            waiting.values().removeIf(want -> want.account == account);
          });
    }

    private void settle(Runnable change) {
      List<Runnable> woken;
      synchronized (SharedMemory.this) {
        change.run();
        woken = satisfied();
      }
      woken.forEach(Runnable::run);
    }
  }
}
