package dev.waggle.domain.addresses;

import dev.waggle.domain.chance.Draws;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.wire.AddressRecord;
import dev.waggle.ports.wire.WireMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node answers to those who ask for addresses (PROTOCOL §9.5): the same part of its book to
 * all of them for about a day, so that who asks under a thousand names learns no more than who asks
 * once; another one at each of its own addresses, so that nobody can tell by it that these are one
 * node's.
 */
final class Samples {
  /** Of all addresses, at most. */
  static final int PERCENT = 23;

  static final Duration KEPT_AT_LEAST = Duration.ofHours(21);

  static final Duration KEPT_AT_MOST = Duration.ofHours(27);

  /** Own addresses that have a sample; they are the machine's, so nobody else can add any. */
  private static final int MAX_KEPT = 16;

  private record Sample(
      List<AddressRecord> addresses, int bookSize, long drawnNanos, long expiresNanos) {

    /** The addresses, older than when they were drawn by the time that has passed. */
    List<AddressRecord> at(long nowNanos) {
      long passedSeconds = Duration.ofNanos(nowNanos - drawnNanos).toSeconds();
      List<AddressRecord> aged = new ArrayList<>(addresses.size());
      for (AddressRecord record : addresses) {
        aged.add(record.older(passedSeconds));
      }
      return aged;
    }
  }

  private final AddressBook book;
  private final Draws draws;
  private final Map<IpAddress, Sample> kept = new LinkedHashMap<>();

  Samples(AddressBook book, Draws draws) {
    this.book = book;
    this.draws = draws;
  }

  /** The sample for those who have dialled {@code local}. */
  List<AddressRecord> at(IpAddress local, long nowNanos) {
    Sample known = kept.get(local);
    if (known == null || isStale(known, nowNanos)) {
      known = draw(nowNanos);
      kept.remove(local);
      if (kept.size() == MAX_KEPT) {
        kept.remove(kept.keySet().iterator().next());
      }
      kept.put(local, known);
    }
    return known.at(nowNanos);
  }

  /** A young node would tell nothing for a day otherwise; a book doubles 16 times at most. */
  private boolean isStale(Sample sample, long nowNanos) {
    return nowNanos - sample.expiresNanos >= 0 || book.size() >= 2 * Math.max(1, sample.bookSize);
  }

  private Sample draw(long nowNanos) {
    long spreadNanos = KEPT_AT_MOST.minus(KEPT_AT_LEAST).toNanos();
    return new Sample(
        book.sample(WireMessage.MAX_ADDRESSES, PERCENT, nowNanos),
        book.size(),
        nowNanos,
        nowNanos + KEPT_AT_LEAST.toNanos() + draws.below(spreadNanos));
  }
}
