package dev.waggle.operator.page;

import dev.waggle.ports.operator.LinkStatus;
import dev.waggle.ports.operator.NodeStatus;
import dev.waggle.ports.operator.Traffic;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a node counts, as JSON by SESSION.md. */
final class NumbersJson {
  static String line(int node, double atMillis, NodeStatus status) {
    ObjectNode json = SessionJson.object();
    json.put("at", atMillis)
        .put("node", node)
        .put("uptime", status.uptime().toMillis())
        .put("sentBytes", status.traffic().sentBytes())
        .put("receivedBytes", status.traffic().receivedBytes())
        .put("duplicates", status.gossip().duplicates())
        .put("knownAddresses", status.book().known() + status.book().tried())
        .put("bans", status.bans())
        .put("reachability", status.reach().state().word());
    ArrayNode links = json.putArray("links");
    status.links().forEach(link -> links.add(link(link)));
    return json.toString();
  }

  private static ObjectNode link(LinkStatus link) {
    ObjectNode json = SessionJson.object();
    json.put("peer", link.peer().id().hex())
        .put("address", link.peer().remote().toString())
        .put("direction", link.peer().direction().name().toLowerCase(Locale.ROOT))
        .put("suite", link.peer().suite())
        .put("codec", link.peer().codec())
        .put("kept", link.kept())
        .put("age", link.age().toMillis())
        .put("ping", millis(link.ping()))
        .put("leastPing", millis(link.leastPing()))
        .put("sinceBlock", millis(link.sinceBlock()))
        .put("sinceTransaction", millis(link.sinceTransaction()))
        .put("score", link.score())
        .put("group", link.group())
        .put("duplicates", link.duplicates())
        .put("queuedBytes", link.queuedBytes())
        .put("keyEpochs", link.sealingKeys())
        .put("sentBytes", link.traffic().sentBytes())
        .put("receivedBytes", link.traffic().receivedBytes());
    long sent = 0;
    long received = 0;
    for (Traffic.OfType type : link.traffic().messages()) {
      sent += type.sentMessages();
      received += type.receivedMessages();
    }
    return json.put("sentMessages", sent).put("receivedMessages", received);
  }

  private static @Nullable Double millis(Optional<Duration> time) {
    return time.map(one -> SessionJson.millis(one.toNanos())).orElse(null);
  }

  private NumbersJson() {}
}
