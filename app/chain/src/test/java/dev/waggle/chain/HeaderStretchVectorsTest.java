package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.ChainVectors.HeaderStretch;
import dev.waggle.chain.ChainVectors.Message;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.HeaderChain;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The test vectors of CHAIN.md for headers in a row, against the code and against {@link
 * IndependentChain}. {@link ChainVectorsTest} writes them.
 */
class HeaderStretchVectorsTest {
  private static ChainVectors vectors;

  @BeforeAll
  static void read() throws IOException {
    vectors = ChainVectors.read();
  }

  static Stream<Named<HeaderStretch>> stretches() throws IOException {
    return ChainVectors.read().headerStretches().stream().map(each -> Named.of(each.name(), each));
  }

  @ParameterizedTest
  @MethodSource("stretches")
  void stretch_isJudgedAsWritten(HeaderStretch stretch) throws Exception {
    ChainRules rules =
        new ChainRules(vectors.network(), vectors.difficultyBits(), Signing.scheme());
    MutableClock clock = new MutableClock(stretch.clockMillis());
    try (NodeService service = NodeService.open(rules, new MemoryBlockStore(), clock)) {
      for (String name : stretch.accepted()) {
        Message message = vectors.message(name);
        GossipMessage block = new GossipMessage.Block(Bytes.wrap(vectors.bytes(message)));
        MessageId id = MessageId.ofHex(message.id());
        service.deliver(new Delivery(id, block, service.examine(id, block), null));
      }
      HeaderChain chain = service.headerChain();
      MessageId after = MessageId.ofHex(stretch.after());
      Examination before = null;
      if (stretch.before() != null) {
        List<Bytes> headers = headers(stretch.before());
        MessageId first = BlockHeader.decode(headers.getFirst()).parent();
        before = chain.examineHeaders(first, ids(headers), headers);
        assertThat(chain.validateHeaders(first, null, before)).isEqualTo(new Verdict.Accept());
      }
      List<Bytes> headers = headers(stretch.headers());
      Examination examination = chain.examineHeaders(after, ids(headers), headers);

      Verdict verdict = chain.validateHeaders(after, before, examination);
      assertThat(ChainVectorsTest.outcome(verdict, null)).isEqualTo(expected(stretch));
    }
  }

  private static List<Bytes> headers(List<String> hex) {
    return hex.stream().map(Bytes::ofHex).toList();
  }

  private static List<MessageId> ids(List<Bytes> headers) {
    return headers.stream().map(MessageIds::ofHeader).toList();
  }

  @ParameterizedTest
  @MethodSource("stretches")
  void stretch_isJudgedAlikeByTheIndependentImplementation(HeaderStretch stretch) {
    IndependentChain chain = new IndependentChain(vectors.network(), vectors.difficultyBits());
    for (String name : stretch.accepted()) {
      chain.receive(1, vectors.bytes(vectors.message(name)), stretch.clockMillis());
    }
    List<byte[]> before = stretch.before() == null ? null : bytes(stretch.before());

    assertThat(
            chain.stretch(stretch.after(), before, bytes(stretch.headers()), stretch.clockMillis()))
        .isEqualTo(expected(stretch));
  }

  private static List<byte[]> bytes(List<String> hex) {
    return hex.stream().map(HexFormat.of()::parseHex).toList();
  }

  private static IndependentChain.Outcome expected(HeaderStretch stretch) {
    return new IndependentChain.Outcome(
        stretch.verdict(), stretch.awaits(), stretch.waitMillis(), null);
  }

  @Test
  void stretches_getEachVerdictThereIs() {
    Set<String> verdicts = new TreeSet<>();
    vectors.headerStretches().forEach(stretch -> verdicts.add(stretch.verdict()));

    assertThat(verdicts).containsExactly("Accept", "Await", "NotYet", "Reject");
  }
}
