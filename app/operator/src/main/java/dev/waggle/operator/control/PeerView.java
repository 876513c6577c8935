package dev.waggle.operator.control;

import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.operator.LinkStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A link, as {@code peers} shows it. Times are null where there is none; those of the last block
 * and transaction say how long ago. The names are an interface; fields may be added.
 */
record PeerView(
    long link,
    String direction,
    boolean kept,
    boolean punched,
    String suite,
    String codec,
    List<Integer> features,
    long ageMillis,
    @Nullable Double pingMillis,
    @Nullable Double leastPingMillis,
    @Nullable Long blockAgoMillis,
    @Nullable Long transactionAgoMillis,
    int score,
    long duplicates,
    long queuedBytes,
    long sealingKeys,
    long openingKeys,
    String group,
    String address,
    String local,
    String peerId,
    TrafficView traffic) {

  private static final double NANOS_PER_MILLI = 1e6;

  static PeerView of(LinkStatus link) {
    PeerInfo peer = link.peer();
    return new PeerView(
        link.link().value(),
        peer.direction().name().toLowerCase(Locale.ROOT),
        link.kept(),
        link.punched(),
        peer.suite(),
        peer.codec(),
        peer.features(),
        link.age().toMillis(),
        fine(link.ping()),
        fine(link.leastPing()),
        millis(link.sinceBlock()),
        millis(link.sinceTransaction()),
        link.score(),
        link.duplicates(),
        link.queuedBytes(),
        link.sealingKeys(),
        link.openingKeys(),
        link.group(),
        peer.remote().toString(),
        peer.local().toString(),
        peer.id().hex(),
        TrafficView.of(link.traffic()));
  }

  private static @Nullable Double fine(Optional<Duration> time) {
    return time.map(duration -> duration.toNanos() / NANOS_PER_MILLI).orElse(null);
  }

  private static @Nullable Long millis(Optional<Duration> time) {
    return time.map(Duration::toMillis).orElse(null);
  }
}
