package dev.waggle.nat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.nat.RouterPortMapping.Places;
import dev.waggle.nat.support.Heard;
import dev.waggle.nat.support.NatPmpRouter;
import dev.waggle.nat.support.PcpAnswers;
import dev.waggle.nat.support.UdpRouter;
import dev.waggle.ports.nat.Mapping;
import dev.waggle.ports.nat.PortMapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterPortMappingTest {
  private final Heard heard = new Heard();
  private UdpRouter router;

  @BeforeEach
  void start() throws IOException {
    router = new UdpRouter(question -> List.of(PcpAnswers.mapped(question, 40000, 7200, 100)));
  }

  @AfterEach
  void close() {
    router.close();
  }

  private PortMapping mapping(List<Mapping.Method> methods) {
    return new RouterPortMapping(
        methods, () -> List.of(UdpRouter.gateway()), new Places(router.port(), router.address()));
  }

  private byte[] nextQuestion() throws InterruptedException {
    return Objects.requireNonNull(router.questions().poll(30, TimeUnit.SECONDS));
  }

  @Test
  void mapping_isHeldUntilItIsClosed() throws Exception {
    PortMapping.Lease lease = mapping(RouterPortMapping.AUTO).open(30303, heard);
    assertThat(heard.next()).isEqualTo("mapped PCP 203.0.113.7:40000 for 7200");
    assertThat(ByteBuffer.wrap(nextQuestion()).getInt(4)).isEqualTo(7200);
    lease.close();
    assertThat(ByteBuffer.wrap(nextQuestion()).getInt(4)).isZero();
    lease.close();
    assertThat(router.questions()).isEmpty();
    assertThat(heard.take()).isEmpty();
  }

  @Test
  void auto_fallsOverToNatPmp() throws Exception {
    router.behave(new NatPmpRouter());
    try (PortMapping.Lease lease = mapping(RouterPortMapping.AUTO).open(30303, heard)) {
      assertThat(heard.next()).isEqualTo("mapped NAT-PMP 203.0.113.7:40000 for 7200");
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void pcpAlone_doesNotFallOver() throws Exception {
    router.behave(new NatPmpRouter());
    try (PortMapping.Lease lease = mapping(List.of(Mapping.Method.PCP)).open(30303, heard)) {
      assertThat(heard.next()).isEqualTo("failed: 127.0.0.1 speaks NAT-PMP instead (PCP)");
      assertThat(lease).isNotNull();
    }
  }

  @Test
  void close_endsTheWaitForASilentRouter_andHasItForgetAllTheSame() throws Exception {
    router.behave(question -> List.of());
    PortMapping.Lease lease = mapping(List.of(Mapping.Method.PCP)).open(30303, heard);
    nextQuestion();
    lease.close();
    byte[] last = nextQuestion();
    while (ByteBuffer.wrap(last).getInt(4) != 0) {
      last = nextQuestion(); // It has asked again before it was closed.
    }
    assertThat(heard.take()).isEmpty();
  }

  @Test
  void close_waitsASecondAtMost_forARouterThatHasGoneSilent() throws Exception {
    PortMapping.Lease lease = mapping(List.of(Mapping.Method.PCP)).open(30303, heard);
    heard.next();
    router.behave(question -> List.of());
    long start = System.nanoTime();
    lease.close();
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
  }

  @Test
  void observer_mayClose() throws Exception {
    CompletableFuture<PortMapping.Lease> lease = new CompletableFuture<>();
    CompletableFuture<Long> closed = new CompletableFuture<>();
    PortMapping.Observer closing =
        new PortMapping.Observer() {
          @Override
          public void mapped(Mapping mapping) {
            long start = System.nanoTime();
            for (int i = 0; i < 5; i++) {
              lease.join().close(); // Each would wait a second for its own thread.
            }
            closed.complete(System.nanoTime() - start);
          }

          @Override
          public void lost(Mapping mapping, String why) {}

          @Override
          public void failed(String why) {}
        };
    lease.complete(mapping(List.of(Mapping.Method.PCP)).open(30303, closing));
    assertThat(closed.get(30, TimeUnit.SECONDS)).isLessThan(TimeUnit.SECONDS.toNanos(4));
    nextQuestion();
    assertThat(ByteBuffer.wrap(nextQuestion()).getInt(4)).isZero();
  }

  @Test
  void nonsense_isTheCallersFault() {
    assertThatThrownBy(() -> new RouterPortMapping(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RouterPortMapping(List.of(Mapping.Method.PCP, Mapping.Method.PCP)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> mapping(RouterPortMapping.AUTO).open(0, heard))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
