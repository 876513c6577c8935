package dev.waggle.cli.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.MessageIds;
import dev.waggle.node.WaggleNode;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.WireMessage;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An application that fails on what a stranger sends. */
@Timeout(60)
class ApplicationFailureTest {
  private static final int PATIENCE_SECONDS = 20;

  private final Identities identities = new Identities();

  static Stream<Arguments> errors() {
    return Stream.of("netty", "nio")
        .flatMap(
            transport ->
                Stream.of(new StackOverflowError("poison"), new OutOfMemoryError("poison"))
                    .map(error -> Arguments.of(transport, error)));
  }

  /** A node without its thread would be worse: deaf, but full of links. */
  @ParameterizedTest
  @MethodSource("errors")
  void error_closesTheNodeAsAWhole(String transport, Error error) throws Exception {
    FailingApplication application = new FailingApplication(() -> error);
    WaggleNode node = OpenNode.start(transport, application);
    try (RawLinks links = new RawLinks()) {
      RawLink innocent = open(links, node);
      RawLink poisoner = open(links, node);
      poisoner.post(new WireMessage.Gossip(FailingApplication.POISON));
      application.awaitPoison();
      List<CompletableFuture<Verdict>> published = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        published.add(publish(node, message(i)));
      }
      application.fail();

      for (CompletableFuture<Verdict> verdict : published) {
        assertThat(get(verdict)).isInstanceOf(Verdict.Ignore.class);
      }
      get(innocent.ended());
      get(poisoner.ended());
      assertThat(get(publish(node, message(3)))).isInstanceOf(Verdict.Ignore.class);
      assertThat(get(node.failure().toCompletableFuture())).isSameAs(error);
    } finally {
      application.fail();
      get(CompletableFuture.runAsync(node::close));
    }
    assertFree(node.address());
  }

  @ParameterizedTest
  @MethodSource("errors")
  void error_leavesNobodyListening_thoughNobodyHasClosedTheNode(String transport, Error error)
      throws Exception {
    FailingApplication application = new FailingApplication(() -> error);
    application.fail();
    WaggleNode node = OpenNode.start(transport, application);
    try (RawLinks links = new RawLinks()) {
      assertThat(get(publish(node, FailingApplication.POISON))).isInstanceOf(Verdict.Ignore.class);

      RawLink late;
      do {
        late = links.open(node.address(), identities.next(), new Listening());
        get(late.ended()); // those let in while the node was closing, too
      } while (late.standing().isDone());
    } finally {
      get(CompletableFuture.runAsync(node::close));
    }
  }

  @Test
  void errorOnAThreadOfTheApplication_closesTheNodeAsAWhole() throws Exception {
    Error error = new StackOverflowError("in a miner");
    FailingApplication application = new FailingApplication(() -> error);
    try (WaggleNode node = OpenNode.start("nio", application);
        RawLinks links = new RawLinks()) {
      RawLink innocent = open(links, node);
      innocent.post(new WireMessage.Gossip(message(0)));
      assertThat(application.delivered().poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .as("both ends know of the link")
          .isEqualTo(MessageIds.of(message(0)));
      node.fail(error);

      assertThat(get(innocent.ended())).isEqualTo("goodbye: shutdown");
      assertThat(get(node.failure().toCompletableFuture())).isSameAs(error);
      assertThat(get(publish(node, message(1)))).isInstanceOf(Verdict.Ignore.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"netty", "nio"})
  void exception_costsItsMessageOnly(String transport) throws Exception {
    FailingApplication application =
        new FailingApplication(() -> new IllegalStateException("poison"));
    application.fail();
    try (WaggleNode node = OpenNode.start(transport, application);
        RawLinks links = new RawLinks()) {
      RawLink peer = open(links, node);
      peer.post(new WireMessage.Gossip(FailingApplication.POISON));
      peer.post(new WireMessage.Gossip(message(1)));

      assertThat(application.delivered().poll(PATIENCE_SECONDS, TimeUnit.SECONDS))
          .isEqualTo(MessageIds.of(message(1)));
      assertThat(get(publish(node, FailingApplication.POISON))).isInstanceOf(Verdict.Ignore.class);
      assertThat(get(publish(node, message(2)))).isEqualTo(new Verdict.Accept());
      assertThat(peer.ended()).isNotDone();
      assertThat(node.peers()).hasSize(1);
    }
  }

  private RawLink open(RawLinks links, WaggleNode node) throws Exception {
    RawLink link = links.open(node.address(), identities.next(), new Listening());
    return get(link.standing());
  }

  private static GossipMessage message(int number) {
    return new GossipMessage.Transaction(Bytes.wrap(new byte[] {(byte) number}));
  }

  private static CompletableFuture<Verdict> publish(WaggleNode node, GossipMessage message) {
    return node.gossip().publish(message).toCompletableFuture();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private static void assertFree(Endpoint address) throws Exception {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address.host(), address.port()));
      assertThat(socket.isBound()).isTrue();
    }
  }

  /** Says only what the test posts. */
  private record Listening() implements Behaviour {
    @Override
    public boolean sendMore(RawLink link) {
      return false;
    }
  }
}
