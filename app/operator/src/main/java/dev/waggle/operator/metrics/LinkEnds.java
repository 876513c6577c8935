package dev.waggle.operator.metrics;

import dev.waggle.ports.node.PeerInfo;
import dev.waggle.ports.node.PeerObserver;
import dev.waggle.ports.transport.CloseReason;
import dev.waggle.ports.wire.GoodbyeReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why links end: one counter for each reason that there is, since what is told of an end are words
 * for people, of which a stranger may have chosen some. Called by the node's one thread.
 */
final class LinkEnds implements PeerObserver {
  private static final String GOODBYE = "goodbye: ";

  private final Map<String, Counter> byReason = new LinkedHashMap<>();
  private final Counter others;

  LinkEnds(MeterRegistry registry) {
    for (GoodbyeReason reason : GoodbyeReason.values()) {
      byReason.put(GOODBYE + reason.word(), counter(registry, "goodbye-" + reason.word()));
    }
    for (CloseReason.Cause cause : CloseReason.Cause.values()) {
      String word = CloseReason.of(cause).toString();
      byReason.put(word, counter(registry, word));
    }
    others = counter(registry, "other");
  }

  private static Counter counter(MeterRegistry registry, String reason) {
    return Counter.builder("waggle.links.ended")
        .description("Links that have ended, by who or what ended them")
        .tag("reason", reason)
        .register(registry);
  }

  @Override
  public void peerDisconnected(PeerInfo peer, String reason) {
    int detail = reason.startsWith(GOODBYE) ? -1 : reason.indexOf(": ");
    String known = detail < 0 ? reason : reason.substring(0, detail);
    byReason.getOrDefault(known, others).increment();
  }
}
