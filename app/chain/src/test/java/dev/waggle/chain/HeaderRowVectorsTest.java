package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.chain.ChainVectors.HeaderRow;
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
class HeaderRowVectorsTest {
  private static ChainVectors vectors;

  @BeforeAll
  static void read() throws IOException {
    vectors = ChainVectors.read();
  }

  static Stream<Named<HeaderRow>> rows() throws IOException {
    return ChainVectors.read().headerRows().stream().map(each -> Named.of(each.name(), each));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void row_isJudgedAsWritten(HeaderRow row) throws Exception {
    ChainRules rules =
        new ChainRules(vectors.network(), vectors.difficultyBits(), Signing.scheme());
    MutableClock clock = new MutableClock(row.clockMillis());
    try (NodeService service = NodeService.open(rules, new MemoryBlockStore(), clock)) {
      for (String name : row.accepted()) {
        Message message = vectors.message(name);
        GossipMessage block = new GossipMessage.Block(Bytes.wrap(vectors.bytes(message)));
        MessageId id = MessageId.ofHex(message.id());
        service.deliver(new Delivery(id, block, service.examine(id, block), null));
      }
      HeaderChain chain = service.headerChain();
      MessageId after = MessageId.ofHex(row.after());
      Examination before = null;
      if (row.before() != null) {
        List<Bytes> headers = headers(row.before());
        MessageId first = BlockHeader.decode(headers.getFirst()).parent();
        before = chain.examineHeaders(first, ids(headers), headers);
        assertThat(chain.validateHeaders(first, null, before)).isEqualTo(new Verdict.Accept());
      }
      List<Bytes> headers = headers(row.headers());
      Examination examination = chain.examineHeaders(after, ids(headers), headers);

      Verdict verdict = chain.validateHeaders(after, before, examination);
      assertThat(ChainVectorsTest.outcome(verdict, null)).isEqualTo(expected(row));
    }
  }

  private static List<Bytes> headers(List<String> hex) {
    return hex.stream().map(Bytes::ofHex).toList();
  }

  private static List<MessageId> ids(List<Bytes> headers) {
    return headers.stream().map(MessageIds::ofHeader).toList();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void row_isJudgedAlikeByTheIndependentImplementation(HeaderRow row) {
    IndependentChain chain = new IndependentChain(vectors.network(), vectors.difficultyBits());
    for (String name : row.accepted()) {
      chain.receive(1, vectors.bytes(vectors.message(name)), row.clockMillis());
    }
    List<byte[]> before = row.before() == null ? null : bytes(row.before());

    assertThat(chain.row(row.after(), before, bytes(row.headers()), row.clockMillis()))
        .isEqualTo(expected(row));
  }

  private static List<byte[]> bytes(List<String> hex) {
    return hex.stream().map(HexFormat.of()::parseHex).toList();
  }

  private static IndependentChain.Outcome expected(HeaderRow row) {
    return new IndependentChain.Outcome(row.verdict(), row.awaits(), row.waitMillis(), null);
  }

  @Test
  void rows_getEachVerdictThereIs() {
    Set<String> verdicts = new TreeSet<>();
    vectors.headerRows().forEach(row -> verdicts.add(row.verdict()));

    assertThat(verdicts).containsExactly("Accept", "Await", "NotYet", "Reject");
  }
}
