package dev.waggle.domain.memory;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One stock of memory that all links of a node take from, and the rules by which they share it.
 *
 * <p>As long as there is enough, whoever asks gets it. A part is reserved for links that this node
 * has dialled: strangers choose us, these we have chosen. When the stock is used up, whoever asks
 * is refused, unless another link can be made to give way: one that has held memory for longer than
 * anything useful takes, or one that is younger than the asker. So those who only hold go first,
 * whoever and however many they are; newcomers do not drive out those who were there; and a link
 * that has no claim waits or goes itself, never the node.
 *
 * <p>Whoever gives way has the memory until its thread comes to let it go, and what it has brought
 * is handled; and others have it already: so all links together hold at most twice the stock.
 *
 * <p>Single-threaded: who calls it on several threads must take turns.
 */
public final class FairShares {
  /** How long memory may be held for reasons of the network alone: a few lost segments. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** How fast what holds memory must move beyond that: 8 MiB in ten seconds in all. */
  private static final long BYTES_PER_SECOND = 1024 * 1024;

  private static final long NANOS_PER_SECOND = Duration.ofSeconds(1).toNanos();

  private final long capacityBytes;
  private final long strangersBytes;
  private final Set<Account> accounts = new LinkedHashSet<>();
  private long takenBytes;
  private long takenByStrangersBytes;
  private long leavingBytes;

  /**
   * A stock of which nothing is taken.
   *
   * @param capacityBytes in all
   * @param reservedBytes of these, for the links that this node has dialled
   */
  public FairShares(long capacityBytes, long reservedBytes) {
    if (reservedBytes < 0 || reservedBytes > capacityBytes) {
      throw new IllegalArgumentException(
          "cannot reserve " + reservedBytes + " of " + capacityBytes + " bytes");
    }
    this.capacityBytes = capacityBytes;
    this.strangersBytes = capacityBytes - reservedBytes;
  }

  /** What one link has taken. */
  public static final class Account {
    private final boolean chosen;
    private final Runnable giveWay;
    private long bytes;
    private long leavingBytes;
    private long heldSinceNanos;
    private boolean gone;
    private boolean closed;

    private Account(boolean chosen, Runnable giveWay) {
      this.chosen = chosen;
      this.giveWay = giveWay;
    }

    /** Bytes taken and not given back. */
    public long bytes() {
      return bytes;
    }

    private boolean isStale(long nowNanos) {
      long allowedNanos = PATIENCE.toNanos() + bytes * NANOS_PER_SECOND / BYTES_PER_SECOND;
      return bytes > 0 && nowNanos - heldSinceNanos > allowedNanos;
    }
  }

  /**
   * Opens the account of a link.
   *
   * @param chosen whether this node has dialled
   * @param giveWay ends the link, whose account gets nothing any more; it must be closed, or all of
   *     its memory given back, when the link has let go. Called when another one takes or makes
   *     room, and must not call back
   */
  public Account open(boolean chosen, Runnable giveWay) {
    Account account = new Account(chosen, giveWay);
    accounts.add(account);
    return account;
  }

  /** Gives back all that a link has, and whatever it asks for from now on is refused. */
  public void close(Account account) {
    if (accounts.remove(account)) {
      settle(account, -account.bytes);
    }
    settleLeaving(account, -account.leavingBytes);
    account.closed = true;
  }

  /**
   * The link is gone, but something of what it has brought still waits: the account gets nothing
   * any more, and counts until all is given back.
   */
  public void leave(Account account) {
    account.gone = true;
    if (account.bytes == 0) {
      accounts.remove(account);
    }
  }

  /**
   * Takes memory, at the expense of others where that is fair.
   *
   * @return false if there is none for this link
   */
  public boolean take(Account account, long bytes, long nowNanos) {
    if (!makeRoom(account, bytes, true, nowNanos)) {
      return false;
    }
    hold(account, bytes, nowNanos);
    return true;
  }

  /**
   * Takes memory as long as half of the stock is left: for what makes things faster, and need not
   * be.
   *
   * @return false if there is not so much
   */
  public boolean takeSpare(Account account, long bytes, long nowNanos) {
    if (!hasRoom(account, bytes) || takenBytes + bytes > capacityBytes / 2) {
      return false;
    }
    hold(account, bytes, nowNanos);
    return true;
  }

  /**
   * Sees to it that so much could be taken, without taking it: only those that merely hold give way
   * for that, since less may be needed in the end.
   *
   * @return false if there is no room for this link
   */
  public boolean makeRoom(Account account, long bytes, long nowNanos) {
    return makeRoom(account, bytes, false, nowNanos);
  }

  private boolean makeRoom(Account account, long bytes, boolean youngerYield, long nowNanos) {
    if (account.gone || !accounts.contains(account)) {
      return false;
    }
    if (!fits(account, bytes, 0, 0)) {
      List<Account> yielding = whoGivesWay(account, bytes, youngerYield, nowNanos);
      if (yielding == null || leavingBytes + sum(yielding) > capacityBytes) {
        return false;
      }
      yielding.forEach(this::sendAway);
    }
    return true;
  }

  private static long sum(List<Account> accounts) {
    return accounts.stream().mapToLong(Account::bytes).sum();
  }

  private void sendAway(Account victim) {
    long bytes = victim.bytes;
    accounts.remove(victim);
    settle(victim, -bytes);
    settleLeaving(victim, bytes);
    victim.giveWay.run();
  }

  /**
   * Notes memory that is in use already, because it follows from what was granted: it counts, but
   * cannot be refused. Without effect on a closed account.
   */
  public void hold(Account account, long bytes, long nowNanos) {
    if (accounts.contains(account)) {
      if (account.bytes == 0) {
        account.heldSinceNanos = nowNanos;
      }
      settle(account, bytes);
    } else if (!account.closed) {
      settleLeaving(account, bytes);
    }
  }

  /** Gives memory back, which shows that the link moves on. */
  public void giveBack(Account account, long bytes, long nowNanos) {
    if (accounts.contains(account)) {
      settle(account, -Math.min(bytes, account.bytes));
      account.heldSinceNanos = nowNanos;
      if (account.gone && account.bytes == 0) {
        accounts.remove(account);
      }
    } else {
      settleLeaving(account, -Math.min(bytes, account.leavingBytes));
    }
  }

  /** Whether {@link #take} would be granted without anybody having to give way. */
  public boolean hasRoom(Account account, long bytes) {
    return !account.gone && accounts.contains(account) && fits(account, bytes, 0, 0);
  }

  /** Bytes taken by all links together. */
  public long takenBytes() {
    return takenBytes;
  }

  /** Bytes that others may have already, of links that gave way and have not let go yet. */
  public long leavingBytes() {
    return leavingBytes;
  }

  private void settleLeaving(Account account, long change) {
    account.leavingBytes += change;
    leavingBytes += change;
  }

  private void settle(Account account, long change) {
    account.bytes += change;
    takenBytes += change;
    if (!account.chosen) {
      takenByStrangersBytes += change;
    }
  }

  /** Whether there is room for {@code bytes} when others have given back what is freed. */
  private boolean fits(Account account, long bytes, long freed, long freedByStrangers) {
    return takenBytes - freed + bytes <= capacityBytes
        && (account.chosen || takenByStrangersBytes - freedByStrangers + bytes <= strangersBytes);
  }

  /** The links whose end makes enough room, as few as possible; null if there are not enough. */
  private @Nullable List<Account> whoGivesWay(
      Account asker, long bytes, boolean youngerYield, long nowNanos) {
    List<Account> yielding = new ArrayList<>();
    long freed = 0;
    long freedByStrangers = 0;
    while (!fits(asker, bytes, freed, freedByStrangers)) {
      Account next = nextToGiveWay(asker, yielding, youngerYield, nowNanos);
      if (next == null) {
        return null;
      }
      yielding.add(next);
      freed += next.bytes;
      freedByStrangers += next.chosen ? 0 : next.bytes;
    }
    return yielding;
  }

  /**
   * Of those that only hold, the one that has held for longest beyond what it may; otherwise, of
   * those that are younger than the asker, the one that has most. A link that we have dialled gives
   * way to no stranger.
   */
  private @Nullable Account nextToGiveWay(
      Account asker, List<Account> already, boolean youngerYield, long nowNanos) {
    Account stalest = null;
    Account largestYounger = null;
    boolean younger = false;
    for (Account other : accounts) { // the oldest first
      if (other == asker) {
        younger = youngerYield;
        continue;
      }
      if (other.bytes == 0 || already.contains(other) || (other.chosen && !asker.chosen)) {
        continue;
      }
      if (other.isStale(nowNanos)
          && (stalest == null || other.heldSinceNanos - stalest.heldSinceNanos < 0)) {
        stalest = other;
      }
      if (younger && (largestYounger == null || other.bytes > largestYounger.bytes)) {
        largestYounger = other;
      }
    }
    return stalest != null ? stalest : largestYounger;
  }
}
