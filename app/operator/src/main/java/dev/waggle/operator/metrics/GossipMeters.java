package dev.waggle.operator.metrics;

import dev.waggle.ports.operator.Excess;
import dev.waggle.ports.operator.GossipCounters;
import dev.waggle.ports.operator.RelayCounters;
import dev.waggle.ports.operator.SyncCounters;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What gossip, compact relay and catching up do, and what is dropped of peers that tell too much.
 */
final class GossipMeters {
  static void bind(Moments moments) {
    new Gossip(moments).bind();
    new Relay(moments).bind();
    new Sync(moments).bind();
    new TooMuch(moments).bind();
  }

  private record Gossip(Moments moments) {
    void bind() {
      verdict("accepted", GossipCounters::accepted);
      verdict("ignored", GossipCounters::ignored);
      verdict("rejected", GossipCounters::rejected);
      String sent = "Messages sent: without having been asked for, or on request";
      counter("sent", sent, Tags.of("how", "pushed"), GossipCounters::pushed);
      counter("sent", sent, Tags.of("how", "served"), GossipCounters::served);
      Tags none = Tags.empty();
      counter("duplicates", "Messages received again", none, GossipCounters::duplicates);
      counter("dropped", "Messages not sent as a queue was full", none, GossipCounters::dropped);
      counter("requested.ids", "Ids asked for", none, GossipCounters::requested);
      counter("announced.ids", "Ids announced", none, GossipCounters::announced);
      gauge("seen.ids", Moments.COUNT, "Ids in the seen-cache", GossipCounters::seen);
      gauge("recent", Moments.BYTES, "Messages kept to be asked for", GossipCounters::recentBytes);
      gauge(
          "waiting.messages",
          Moments.COUNT,
          "Messages that wait for another one",
          GossipCounters::waiting);
      gauge("wanted.ids", Moments.COUNT, "Ids known but not yet received", GossipCounters::wanted);
    }

    private void verdict(String verdict, ToDoubleFunction<GossipCounters> value) {
      counter("verdicts", "Messages by what was made of them", Tags.of("verdict", verdict), value);
    }

    private void counter(
        String name, String help, Tags tags, ToDoubleFunction<GossipCounters> value) {
      moments.counter(
          "waggle.gossip." + name,
          Moments.COUNT,
          help,
          tags,
          moment -> value.applyAsDouble(moment.node().gossip()));
    }

    private void gauge(
        String name, @Nullable String unit, String help, ToDoubleFunction<GossipCounters> value) {
      moments.gauge(
          "waggle.gossip." + name,
          unit,
          help,
          Tags.empty(),
          moment -> value.applyAsDouble(moment.node().gossip()));
    }
  }

  private record Relay(Moments moments) {
    void bind() {
      received("complete-at-once", RelayCounters::completeAtOnce);
      received("complete-after-asking", RelayCounters::completeAfterAsking);
      received("fell-back", RelayCounters::fellBack);
      counter(
          "pushed.blocks",
          "Blocks sent unasked without their items",
          Tags.empty(),
          RelayCounters::pushed);
      counter(
          "sent.items", "Items sent to those who asked", Tags.empty(), RelayCounters::itemsSent);
      gauge("open.blocks", Moments.COUNT, "Blocks being put together", RelayCounters::open);
      gauge("open", Moments.BYTES, "Items fetched for these", RelayCounters::openBytes);
    }

    private void received(String outcome, ToDoubleFunction<RelayCounters> value) {
      counter(
          "blocks",
          "Blocks received without their items, by how they were completed",
          Tags.of("outcome", outcome),
          value);
    }

    private void counter(
        String name, String help, Tags tags, ToDoubleFunction<RelayCounters> value) {
      moments.counter(
          "waggle.relay." + name,
          Moments.COUNT,
          help,
          tags,
          moment -> value.applyAsDouble(moment.node().relay()));
    }

    private void gauge(
        String name, @Nullable String unit, String help, ToDoubleFunction<RelayCounters> value) {
      moments.gauge(
          "waggle.relay." + name,
          unit,
          help,
          Tags.empty(),
          moment -> value.applyAsDouble(moment.node().relay()));
    }
  }

  private record Sync(Moments moments) {
    void bind() {
      String headers = "Headers taken of blocks that were not here, and sent to those who asked";
      counter("headers", headers, Tags.of("way", "received"), SyncCounters::headers);
      counter("headers", headers, Tags.of("way", "sent"), SyncCounters::headersSent);
      Tags none = Tags.empty();
      counter("blocks", "Blocks got by their headers, and accepted", none, SyncCounters::accepted);
      counter("held.up.blocks", "Blocks asked of another peer as well", none, SyncCounters::heldUp);
      counter("given.up.chains", "Chains that came to nothing", none, SyncCounters::givenUp);
      gauge("chains", Moments.COUNT, "Chains that are followed", SyncCounters::chains);
      gauge(
          "held", Moments.BYTES, "Blocks that wait for those they follow", SyncCounters::heldBytes);
    }

    private void counter(
        String name, String help, Tags tags, ToDoubleFunction<SyncCounters> value) {
      moments.counter(
          "waggle.sync." + name,
          Moments.COUNT,
          help,
          tags,
          moment -> value.applyAsDouble(moment.node().sync()));
    }

    private void gauge(
        String name, @Nullable String unit, String help, ToDoubleFunction<SyncCounters> value) {
      moments.gauge(
          "waggle.sync." + name,
          unit,
          help,
          Tags.empty(),
          moment -> value.applyAsDouble(moment.node().sync()));
    }
  }

  private record TooMuch(Moments moments) {
    void bind() {
      dropped("transactions", Excess::transactions);
      dropped("blocks", Excess::blocks);
      dropped("evidence", Excess::evidence);
      dropped("announced-ids", Excess::announcedIds);
      dropped("requested-ids", Excess::requestedIds);
      dropped("requested-headers", Excess::requestedHeaders);
      dropped("pings", Excess::pings);
      dropped("get-addrs", Excess::getAddrs);
      dropped("observations", Excess::observations);
      dropped("addresses", Excess::addresses);
    }

    private void dropped(String kind, ToDoubleFunction<Excess> value) {
      moments.counter(
          "waggle.excess",
          Moments.COUNT,
          "Dropped since peers told too much",
          Tags.of("kind", kind),
          moment -> value.applyAsDouble(moment.node().excess()));
    }
  }

  private GossipMeters() {}
}
