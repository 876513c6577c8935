package dev.waggle.ports.node;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.PeerId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a node's address book, as it is kept and shown. Ages are seconds before the moment at
 * which the entry was asked for; {@link #NEVER} stands for what has not happened.
 *
 * @param source the address of who told of it first
 * @param services as in {@link dev.waggle.ports.wire.AddressRecord}
 * @param proven who answered there last, or null
 * @param seenSecondsAgo when somebody was linked with it, by hearsay
 * @param triedSecondsAgo when this node dialled it last
 * @param succeededSecondsAgo when this node was linked with it last
 * @param failures dials in vain since then
 * @param tried whether it stands in the table of those that this node has reached
 */
public record KnownAddress(
    IpEndpoint endpoint,
    IpAddress source,
    long services,
    @Nullable PeerId proven,
    long seenSecondsAgo,
    long triedSecondsAgo,
    long succeededSecondsAgo,
    int failures,
    boolean tried) {
  public static final long NEVER = -1;

  /** The same, {@code time} later: with ages that have no bound but that of a long. */
  public KnownAddress after(Duration time) {
    return new KnownAddress(
        endpoint,
        source,
        services,
        proven,
        later(seenSecondsAgo, time),
        later(triedSecondsAgo, time),
        later(succeededSecondsAgo, time),
        failures,
        tried);
  }

  private static long later(long secondsAgo, Duration time) {
    long seconds = time.toSeconds();
    return secondsAgo == NEVER ? NEVER : Math.min(secondsAgo, Long.MAX_VALUE - seconds) + seconds;
  }
}
