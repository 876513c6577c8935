package dev.waggle.operator.metrics;

import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.node.Reachability;
import dev.waggle.ports.operator.LinkStatus;
import dev.waggle.ports.operator.ReachStatus;
import dev.waggle.ports.operator.ReachStatus.Punches;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Whether others can dial the node, and what it does about it. */
final class ReachMeters {
  private final Moments moments;

  private ReachMeters(Moments moments) {
    this.moments = moments;
  }

  static void bind(Moments moments) {
    new ReachMeters(moments).bind();
  }

  private void bind() {
    for (Reachability state : Reachability.values()) {
      gauge(
          "reachability",
          "1 for what the node knows of whether others can dial it",
          Tags.of("state", state.word()),
          moment -> reach(moment).state() == state ? 1 : 0);
    }
    for (Mapping.Method method : Mapping.Method.values()) {
      gauge(
          "mappings",
          "Mappings that routers have made",
          Tags.of("method", method.name().toLowerCase(Locale.ROOT)),
          moment ->
              reach(moment).mappings().stream()
                  .filter(mapping -> mapping.method() == method)
                  .count());
    }
    gauge(
        "links.punched",
        "Links with peers that cannot be dialled",
        Tags.empty(),
        moment -> moment.node().links().stream().filter(LinkStatus::punched).count());
    Tags none = Tags.empty();
    String ended = "Attempts at a link with a peer that cannot be dialled, by what came of them";
    counter("punches.begun", "Attempts at such a link", none, Punches::begun);
    counter("punches", ended, Tags.of("result", "linked"), Punches::linked);
    counter("punches", ended, Tags.of("result", "failed"), Punches::failed);
    counter(
        "punches.relayed.messages",
        "Messages passed on for such attempts of others",
        none,
        Punches::relayed);
  }

  private void gauge(String name, String help, Tags tags, ToDoubleFunction<Moment> value) {
    moments.gauge("waggle." + name, Moments.COUNT, help, tags, value);
  }

  private void counter(String name, String help, Tags tags, ToDoubleFunction<Punches> value) {
    moments.counter(
        "waggle." + name,
        Moments.COUNT,
        help,
        tags,
        moment -> value.applyAsDouble(reach(moment).punches()));
  }

  private static ReachStatus reach(Moment moment) {
    return moment.node().reach();
  }
}
