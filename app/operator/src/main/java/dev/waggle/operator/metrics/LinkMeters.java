package dev.waggle.operator.metrics;

import dev.waggle.ports.node.Direction;
import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.operator.LinkStatus;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The links that there are, and who is at their other ends. */
final class LinkMeters {
  private final MultiGauge byKind;

  /**
   * How many links there are of each kind that there was once: none is 0 and not nothing, so that
   * sums and alerts go on. Suites and codecs are agreed ones, so there are not more than this node
   * offers. Guarded by the caller, who scrapes once at a time.
   */
  private final Map<Tags, Integer> counts = new TreeMap<>(LinkMeters::compare);

  LinkMeters(MeterRegistry registry) {
    byKind = MultiGauge.builder("waggle.links").description("Links in use").register(registry);
  }

  void bind(Moments moments, int peerLimit) {
    moments.gauge(
        "waggle.peers",
        Moments.COUNT,
        "Peers that there is a link with",
        Tags.empty(),
        moment -> distinct(moment, link -> link.peer().id()));
    moments.gauge(
        "ethereum.peer.limit",
        Moments.COUNT,
        "The maximum number of peers this node allows to connect",
        Tags.empty(),
        _ -> peerLimit);
    moments.gauge(
        "waggle.links.kept",
        Moments.COUNT,
        "Links that the node has chosen itself, and keeps",
        Tags.empty(),
        moment -> links(moment).stream().filter(LinkStatus::kept).count());
    moments.gauge(
        "waggle.links.misbehaving",
        Moments.COUNT,
        "Links whose peer's score is below 0",
        Tags.empty(),
        moment -> links(moment).stream().filter(link -> link.score() < 0).count());
    moments.gauge(
        "waggle.link.groups",
        Moments.COUNT,
        "Network groups that the peers are of",
        Tags.empty(),
        moment -> distinct(moment, LinkStatus::group));
    moments.gauge(
        "waggle.link.ping.median",
        Moments.SECONDS,
        "The last round trip of the link in the middle",
        Tags.empty(),
        LinkMeters::medianPing);
    moments.gauge(
        "waggle.link.queue",
        Moments.BYTES,
        "What waits to be sent on all links",
        Tags.empty(),
        moment -> links(moment).stream().mapToLong(LinkStatus::queuedBytes).sum());
    moments.gauge(
        "waggle.link.queue.longest",
        Moments.BYTES,
        "What waits to be sent on the link with the longest queue",
        Tags.empty(),
        moment -> links(moment).stream().mapToLong(LinkStatus::queuedBytes).max().orElse(0));
  }

  /** Counts links anew: what they are is not known beforehand. */
  void refresh(Moment moment) {
    counts.replaceAll((_, _) -> 0);
    for (LinkStatus link : links(moment)) {
      counts.merge(kind(link.peer()), 1, Integer::sum);
    }
    byKind.register(
        counts.entrySet().stream()
            .map(entry -> MultiGauge.Row.of(entry.getKey(), entry.getValue()))
            .collect(Collectors.toList()),
        true);
  }

  static String word(Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }

  private static Tags kind(PeerInfo peer) {
    return Tags.of(
        "direction", word(peer.direction()), "suite", peer.suite(), "codec", peer.codec());
  }

  private static int compare(Tags one, Tags other) {
    return one.toString().compareTo(other.toString());
  }

  private static List<LinkStatus> links(Moment moment) {
    return moment.node().links();
  }

  private static <T> long distinct(Moment moment, Function<LinkStatus, T> property) {
    return links(moment).stream().map(property).distinct().count();
  }

  private static double medianPing(Moment moment) {
    List<Duration> pings =
        links(moment).stream().map(LinkStatus::ping).flatMap(Optional::stream).sorted().toList();
    return pings.isEmpty() ? Double.NaN : seconds(pings.get(pings.size() / 2));
  }

  static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }
}
