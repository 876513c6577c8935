package dev.waggle.domain.admission;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose work is done next where parties want the same few threads: who has had least of their time
 * lately, by what it has really taken (PROTOCOL §9.8). Owned by one thread at a time.
 *
 * @param <P> a party, which may have many works waiting, as a network group has
 * @param <W> a work
 */
public final class FairTurns<P, W> {
  /*
   * Start-time fair queueing (Goyal, Vin, Cheng: SIGCOMM 1996), with parties for flows and time for
   * bytes. Each party has a clock, which runs on by the time that its work takes. The next work is
   * that of the party whose clock is behind all others. The common clock is where that one stood;
   * who comes, or comes again, begins there. So nobody saves up time by being idle; who was busy
   * while nobody else wanted anything owes nothing for it; and who is ahead of the common clock has
   * had more than the others, and waits until they have had as much: there its debt has faded.
   *
   * How long a work takes is known when it is over. Until then it counts LEAST_NANOS, so that a
   * party whose work is under way is behind those who have nothing under way.
   */

  /**
   * What a work is taken to last until it is known; and at least, as it costs a change of threads.
   */
  static final long LEAST_NANOS = 50_000;

  /**
   * Parties remembered at most, beside those that have work here: 100 KiB. Who comes from so many
   * places gains a turn for each in any case.
   */
  static final int MAX_REMEMBERED = 1024;

  /** Work that was given out, and whose time is charged to its party. */
  public final class Turn {
    private final P party;
    private final Account account;
    private final W work;

    private Turn(P party, Account account, W work) {
      this.party = party;
      this.account = account;
      this.work = work;
    }

    /** Whose work it is. */
    public P party() {
      return party;
    }

    public W work() {
      return work;
    }

    /** It is over, and has taken so long. Once. */
    public void took(long nanos) {
      account.clockNanos += Math.max(nanos - LEAST_NANOS, 0);
      account.underWay--;
      underWay--;
      forget();
    }
  }

  private final class Account {
    private final ArrayDeque<W> waiting = new ArrayDeque<>(2);
    private long clockNanos;
    private int underWay;

    private boolean isIdle() {
      return waiting.isEmpty() && underWay == 0;
    }
  }

  private final Map<P, Account> accounts = new LinkedHashMap<>();
  private long clockNanos;
  private int waiting;
  private int underWay;

  /** Works that wait. */
  public int waiting() {
    return waiting;
  }

  /** Parties that have work here, or have had more time than the others. */
  int parties() {
    return accounts.size();
  }

  /** Work of a party waits from now on, behind what it has here already. */
  public void add(P party, W work) {
    Account account = accounts.computeIfAbsent(party, _ -> new Account());
    if (account.waiting.isEmpty()) {
      account.clockNanos = Math.max(account.clockNanos, clockNanos);
    }
    account.waiting.add(work);
    waiting++;
  }

  /** Work of a party waits no more; without effect if it does not. */
  public void remove(P party, W work) {
    Account account = accounts.get(party);
    if (account != null && account.waiting.remove(work)) {
      waiting--;
      forget();
    }
  }

  /** Gives out what is next, of equals who was here first; null if nothing waits. */
  public @Nullable Turn next() {
    P party = null;
    Account next = null;
    for (Map.Entry<P, Account> entry : accounts.entrySet()) {
      Account account = entry.getValue();
      if (!account.waiting.isEmpty() && (next == null || account.clockNanos < next.clockNanos)) {
        party = entry.getKey();
        next = account;
      }
    }
    if (party == null || next == null) {
      return null;
    }
    clockNanos = next.clockNanos;
    next.clockNanos += LEAST_NANOS;
    next.underWay++;
    underWay++;
    waiting--;
    return new Turn(party, next, next.waiting.remove());
  }

  /** Who has nothing here, and has had no more than the others, is as if he had never come. */
  private void forget() {
    if (waiting == 0 && underWay == 0) {
      accounts.clear();
      clockNanos = 0;
      return;
    }
    int surplus = accounts.size() - MAX_REMEMBERED;
    Iterator<Account> all = accounts.values().iterator();
    while (all.hasNext()) {
      Account account = all.next();
      if (account.isIdle() && (account.clockNanos <= clockNanos || surplus > 0)) {
        all.remove();
        surplus--;
      }
    }
  }
}
