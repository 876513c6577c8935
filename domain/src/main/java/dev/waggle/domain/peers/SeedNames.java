package dev.waggle.domain.peers;

import dev.waggle.domain.addresses.AddressBook;
import dev.waggle.domain.chance.Draws;
import dev.waggle.domain.keyed.SipHash;
import dev.waggle.domain.time.Alarm;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerAddress;
import dev.waggle.ports.node.PeerDirectory;
import dev.waggle.ports.wire.AddressRecord;
import java.time.Duration;
import java.util.List;

/**
 * The DNS seeds of a node: which to ask when, and what becomes of their answers (PROTOCOL §9.6).
 *
 * <p>What one name tells counts as told by one, wherever it leads. Addresses for which it says who
 * answers are dialled as seeds, since the book keeps only who was proven.
 */
final class SeedNames {
  /** A name is asked again after so long, if the node still needs it. */
  static final Duration ASK_EVERY = Duration.ofMinutes(1);

  /** A name's answer is older than it seems: whoever wrote it has looked some days ago. */
  static final Duration LEAST_AGE = Duration.ofDays(3);

  static final Duration AGE_SPREAD = Duration.ofDays(4);

  /** Addresses of one answer that are taken. */
  static final int MAX_TAKEN = 256;

  /** fd77:6167:676c:6500::/64: addresses that nobody has, and that stand for names. */
  private static final long NAMES_PREFIX = 0xFD77_6167_676C_6500L;

  private final PeerDirectory directory;
  private final AddressBook book;
  private final Dialler dialler;
  private final Draws draws;
  private final Alarm alarm;
  private final List<String> names;
  private boolean asked;
  private long dueNanos;

  SeedNames(
      List<String> names,
      PeerDirectory directory,
      AddressBook book,
      Dialler dialler,
      Draws draws,
      Alarm alarm) {
    this.names = names;
    this.directory = directory;
    this.book = book;
    this.dialler = dialler;
    this.draws = draws;
    this.alarm = alarm;
  }

  /** The node needs seeds: asks all names, unless that was done a moment ago. */
  void needed(long nowNanos) {
    if (names.isEmpty()) {
      return;
    }
    if (!asked || nowNanos - dueNanos >= 0) {
      asked = true;
      dueNanos = nowNanos + ASK_EVERY.toNanos();
      names.forEach(directory::lookUp);
    }
    alarm.by(dueNanos);
  }

  /** A name has answered. */
  void found(String name, List<PeerAddress> addresses, long nowNanos) {
    IpAddress source = new IpAddress(NAMES_PREFIX, new SipHash(0, 0).hash(words(name)));
    for (PeerAddress address : addresses.subList(0, Math.min(MAX_TAKEN, addresses.size()))) {
      IpEndpoint endpoint = IpEndpoint.of(address.endpoint());
      if (endpoint == null || !book.takes(endpoint)) {
        continue;
      }
      if (address.pinned() != null) {
        dialler.addSeed(address, nowNanos);
      } else {
        long ageSeconds = LEAST_AGE.toSeconds() + draws.below(AGE_SPREAD.toSeconds());
        var _ = book.told(new AddressRecord(endpoint, (int) ageSeconds, 0), source, nowNanos);
      }
    }
  }

  private static long[] words(String name) {
    return name.chars().asLongStream().toArray();
  }
}
