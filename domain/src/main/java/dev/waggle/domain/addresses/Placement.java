package dev.waggle.domain.addresses;

import dev.waggle.domain.keyed.SipHash;
import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;

/**
 * Which places an address may have in the tables of a book, by a hash under this node's own key
 * (PROTOCOL §9.4). So who has the addresses of one network group, or tells of addresses from one,
 * fills no more than a small part of either table, and cannot know which.
 *
 * <p>Immutable.
 */
final class Placement {
  static final int NEW_BUCKETS = 1024;

  static final int TRIED_BUCKETS = 256;

  /** Buckets of <i>new</i> over which what one group tells is spread. */
  static final int NEW_BUCKETS_PER_SOURCE = 64;

  /** Buckets of <i>tried</i> over which the addresses of one group are spread. */
  static final int TRIED_BUCKETS_PER_GROUP = 8;

  private static final long NEW_SALT = 1;
  private static final long TRIED_SALT = 2;
  private static final long SLOT_SALT = 3;

  private final SipHash keyed;

  Placement(SipHash keyed) {
    this.keyed = keyed;
  }

  /** The bucket of <i>new</i> in which {@code source} may place an address. */
  int newBucket(BookEntry entry, IpAddress source) {
    long ofSource = NetworkGroup.of(source).hash(keyed);
    long spread = keyed.hash(NEW_SALT, entry.group().hash(keyed), ofSource);
    return below(
        keyed.hash(NEW_SALT, ofSource, below(spread, NEW_BUCKETS_PER_SOURCE)), NEW_BUCKETS);
  }

  /** The only bucket of <i>tried</i> in which an address may be. */
  int triedBucket(BookEntry entry) {
    IpEndpoint endpoint = entry.endpoint();
    long spread =
        keyed.hash(
            TRIED_SALT, endpoint.address().high(), endpoint.address().low(), endpoint.port());
    return below(
        keyed.hash(TRIED_SALT, entry.group().hash(keyed), below(spread, TRIED_BUCKETS_PER_GROUP)),
        TRIED_BUCKETS);
  }

  /** The only place in a bucket that an address may have. */
  int slot(BookEntry entry, int bucket) {
    IpEndpoint endpoint = entry.endpoint();
    return below(
        keyed.hash(
            SLOT_SALT,
            bucket,
            endpoint.address().high(),
            endpoint.address().low(),
            endpoint.port()),
        Buckets.SLOTS);
  }

  private static int below(long hash, int bound) {
    return (int) Long.remainderUnsigned(hash, bound);
  }
}
