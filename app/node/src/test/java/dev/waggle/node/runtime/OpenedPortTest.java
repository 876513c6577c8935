package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.IpEndpoint;
import dev.waggle.ports.nat.PortMapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When routers are asked for a node's port, and that they are told when it ends. */
class OpenedPortTest {
  private final List<String> events = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private PortMapping.@Nullable Observer observer;
  private final OpenedPort port = new OpenedPort(this::open, event -> events.add(event.toString()));

  private PortMapping.Lease open(int number, PortMapping.Observer heard) {
    events.add("open " + number);
    observer = heard;
    return closed::countDown;
  }

  private static IpEndpoint at(String text) {
    return Objects.requireNonNull(IpEndpoint.of(Endpoint.parse(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:9000", "[::]:9000", "192.168.1.2:9000", "10.0.0.1:9000"})
  void whereARouterMayStandBefore_itIsAsked(String listening) {
    port.open(at(listening));

    assertThat(events).containsExactly("open 9000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:9000", "[::1]:9000", "8.8.8.8:9000"})
  void whereNoneCanHelp_noneIsAsked(String listening) {
    port.open(at(listening));
    port.open(null);

    assertThat(events).isEmpty();
  }

  @Test
  void whatRoutersSay_theNodeHears() {
    port.open(at("0.0.0.0:9000"));

    Objects.requireNonNull(observer).failed("no router answers");

    assertThat(events)
        .containsExactly("open 9000", new NodeEvent.MappingFailed("no router answers").toString());
  }

  @Test
  void end_closesIt() throws Exception {
    port.open(at("0.0.0.0:9000"));
    port.beginClosing();
    port.beginClosing();
    port.awaitClosed(Duration.ofSeconds(60));

    assertThat(closed.getCount()).isZero();
  }

  /** A node may fail while it starts. */
  @Test
  void nodeThatHasEnded_asksNobodyAnyMore() {
    port.beginClosing();
    port.open(at("0.0.0.0:9000"));

    assertThat(events).isEmpty();
  }
}
