package dev.waggle.operator.metrics;

import dev.waggle.ports.operator.LoadStatus;
import io.micrometer.core.instrument.Tags;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How busy the node is, and what it keeps of others. */
final class LoadMeters {
  private final Moments moments;

  private LoadMeters(Moments moments) {
    this.moments = moments;
  }

  static void bind(Moments moments) {
    new LoadMeters(moments).bind();
  }

  private void bind() {
    Tags none = Tags.empty();
    moments.counter(
        "waggle.node.thread.busy",
        Moments.SECONDS,
        "How long the node's thread has worked",
        none,
        moment -> LinkMeters.seconds(load(moment).busy()));
    moments.gauge(
        "waggle.node.uptime",
        Moments.SECONDS,
        "Since the node was started",
        none,
        moment -> LinkMeters.seconds(moment.node().uptime()));
    gauge(
        "mailbox.waiting.sources",
        Moments.COUNT,
        "Links, and own publishers, whose messages wait for the node's thread",
        none,
        LoadStatus::waitingSources);
    gauge(
        "mailbox.waiting.published",
        Moments.COUNT,
        "Messages published here that wait for the node's thread",
        none,
        LoadStatus::waitingPublished);
    Tags incoming = Tags.of("direction", "incoming");
    Tags outgoing = Tags.of("direction", "outgoing");
    String used = "Taken of the memory that links share";
    gauge("shared.memory", Moments.BYTES, used, incoming, LoadStatus::incomingBytes);
    gauge("shared.memory", Moments.BYTES, used, outgoing, LoadStatus::outgoingBytes);
    String limit = "The memory that links share";
    gauge("shared.memory.limit", Moments.BYTES, limit, incoming, LoadStatus::incomingLimitBytes);
    gauge("shared.memory.limit", Moments.BYTES, limit, outgoing, LoadStatus::outgoingLimitBytes);
    String addresses = "Addresses in the book: only heard of, or reached once";
    moments.gauge(
        "waggle.addresses",
        Moments.COUNT,
        addresses,
        Tags.of("state", "known"),
        moment -> moment.node().book().known());
    moments.gauge(
        "waggle.addresses",
        Moments.COUNT,
        addresses,
        Tags.of("state", "tried"),
        moment -> moment.node().book().tried());
    moments.gauge(
        "waggle.bans",
        Moments.COUNT,
        "Bans of all kinds, discouraged addresses included",
        none,
        moment -> moment.node().bans());
  }

  private void gauge(
      String name,
      @Nullable String unit,
      String help,
      Tags tags,
      ToDoubleFunction<LoadStatus> value) {
    moments.gauge("waggle." + name, unit, help, tags, moment -> value.applyAsDouble(load(moment)));
  }

  private static LoadStatus load(Moment moment) {
    return moment.node().load();
  }
}
