package dev.waggle.chain;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.chain.ChainVectors.BlockFields;
import dev.waggle.chain.ChainVectors.Message;
import dev.waggle.chain.ChainVectors.Scenario;
import dev.waggle.chain.ChainVectors.Step;
import dev.waggle.chain.ChainVectors.TransactionFields;
import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.gossip.BlockFormat;
import dev.waggle.ports.gossip.BlockParts;
import dev.waggle.ports.gossip.Delivery;
import dev.waggle.ports.gossip.Verdict;
import dev.waggle.ports.wire.GossipMessage;
import dev.waggle.ports.wire.GossipMessage.Kind;
import dev.waggle.ports.wire.MalformedMessage;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The test vectors of CHAIN.md, against the code and against {@link IndependentChain}.
 *
 * <p>A change of the rules changes them. To write them anew:
 *
 * <pre>
 * ./mvnw -pl app/chain -am test -Dtest=ChainVectorsTest -Dsurefire.failIfNoSpecifiedTests=false \
 *     -Dwaggle.vectors=write
 * </pre>
 */
class ChainVectorsTest {
  private static final PeerId SENDER = TestBlocks.peer(1);
  private static final SignatureScheme SCHEME = Signing.scheme();
  private static final Path CHAIN_MD = Path.of("CHAIN.md");

  private static final Map<String, Number> LIMITS =
      Map.ofEntries(
          entry("bytes of a transaction", Transaction.MAX_BYTES),
          entry("bytes of a memo", Transaction.MAX_MEMO_BYTES),
          entry("bytes of a block", Block.MAX_BYTES),
          entry("bytes of a block without transactions", Block.OVERHEAD),
          entry("transactions that a header may count", Block.MAX_TRANSACTIONS),
          entry("bytes of a header", BlockHeader.BYTES),
          entry("bytes of a public key", Attestation.PUBLIC_KEY_BYTES),
          entry("bytes of a signature", Attestation.SIGNATURE_BYTES),
          entry(
              "zero bits of a block's id, unless agreed otherwise",
              ChainRules.DEFAULT_DIFFICULTY_BITS),
          entry("zero bits that may be agreed on, at most", ChainRules.MAX_DIFFICULTY_BITS),
          entry("milliseconds that a block's time may lie ahead", ChainRules.MAX_AHEAD.toMillis()),
          entry("bytes of transactions that wait", Mempool.MAX_TOTAL_BYTES),
          entry("signatures that are remembered to hold", VerifiedSignatures.MAX_IDS),
          entry("blocks at the tip that a locator names one by one", ChainHeaders.DENSE),
          entry("abandoned blocks whose transactions return", BlockTree.MAX_NAMED),
          entry("bytes of blocks that are read back for that", MempoolFollower.MAX_RETURNED_BYTES));

  private static ChainVectors vectors;

  @BeforeAll
  static void read() throws IOException {
    if (System.getProperty("waggle.vectors", "").equals("write")) {
      ChainVectorsWriter.make().write();
    }
    vectors = ChainVectors.read();
  }

  static Stream<Named<Message>> messages() {
    return vectors.messages().stream().map(each -> Named.of(each.name(), each));
  }

  static Stream<Named<Scenario>> scenarios() {
    return vectors.scenarios().stream().map(each -> Named.of(each.name(), each));
  }

  @Test
  void genesis_followsFromNameAndDifficulty() {
    for (ChainVectors.Genesis each : vectors.genesis()) {
      Block genesis = rules(each.network(), each.difficultyBits()).genesis();
      assertThat(genesis.payload().hex()).isEqualTo(each.payload());
      assertThat(genesis.id().hex()).isEqualTo(each.id());
      assertThat(IndependentChain.genesis(each.network(), each.difficultyBits()))
          .asHexString()
          .isEqualToIgnoringCase(each.payload());
      assertThat(IndependentChain.headerId(genesis.payload().toArray())).isEqualTo(each.id());
    }
    assertThat(vectors.genesis()).extracting(ChainVectors.Genesis::id).doesNotHaveDuplicates();
    assertThat(vectors.difficultyBits()).isEqualTo(ChainRules.DEFAULT_DIFFICULTY_BITS);
  }

  @Test
  void merkleTrees_haveTheirRoots() {
    for (ChainVectors.Tree tree : vectors.merkleTrees()) {
      List<MessageId> ids = tree.ids().stream().map(MessageId::ofHex).toList();
      assertThat(MerkleTree.root(ids).hex()).isEqualTo(tree.root());
      assertThat(IndependentChain.merkleRoot(tree.ids())).isEqualTo(tree.root());
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void message_hasItsIdAndItsFields(Message message) throws MalformedMessage {
    Bytes payload = Bytes.wrap(vectors.bytes(message));
    GossipMessage gossip = kind(message).of(payload);

    assertThat(MessageIds.of(gossip).hex()).isEqualTo(message.id());
    assertThat(IndependentChain.id(message.kind(), vectors.bytes(message))).isEqualTo(message.id());
    switch (kind(message)) {
      case TRANSACTION -> {
        assertThat(IndependentChain.transaction(vectors.bytes(message)))
            .isEqualTo(message.transaction());
        checkTransaction(message, payload);
      }
      case BLOCK -> {
        assertThat(IndependentChain.block(vectors.bytes(message))).isEqualTo(message.block());
        checkBlock(message, payload);
      }
      case EVIDENCE -> {}
    }
  }

  private static void checkTransaction(Message message, Bytes payload) throws MalformedMessage {
    if (message.malformed() != null) {
      assertThatThrownBy(() -> Transaction.decode(payload)).isInstanceOf(MalformedMessage.class);
      return;
    }
    Transaction decoded = Transaction.decode(payload);
    assertThat(
            new TransactionFields(
                hex(decoded.salt()), decoded.memo().length(), decoded.author().peerId().hex()))
        .isEqualTo(message.transaction());
    Attestation author = decoded.author();
    Bytes unsigned = Transaction.unsigned(decoded.salt(), decoded.memo(), author.publicKey());
    assertThat(Transaction.signed(unsigned, author.signature()).payload()).isEqualTo(payload);
  }

  private static void checkBlock(Message message, Bytes payload) throws MalformedMessage {
    if (message.malformed() != null) {
      assertThatThrownBy(() -> Block.decode(payload)).isInstanceOf(MalformedMessage.class);
      return;
    }
    Block decoded = Block.decode(payload);
    assertThat(
            new BlockFields(
                decoded.height(),
                decoded.parent().hex(),
                decoded.timeMillis(),
                decoded.header().transactionsRoot().hex(),
                decoded.miner().hex(),
                decoded.transactions().size(),
                decoded.header().proofHash().hex(),
                hex(decoded.nonce())))
        .isEqualTo(message.block());
    assertThat(TestBlocks.encodedAgain(decoded)).isEqualTo(payload);
  }

  private static String hex(long value) {
    return HexFormat.of().toHexDigits(value);
  }

  private static Kind kind(Message message) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.tag() == message.kind())
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void scenario_isJudgedAsWritten(Scenario scenario) throws Exception {
    ChainRules rules = rules(vectors.network(), vectors.difficultyBits());
    MutableClock clock = new MutableClock(0);
    RecordingListener heard = new RecordingListener();
    try (NodeService service = NodeService.open(rules, new MemoryBlockStore(), clock)) {
      service.addListener(heard);
      for (Step step : scenario.steps()) {
        Message message = vectors.message(step.message());
        GossipMessage gossip = kind(message).of(Bytes.wrap(vectors.bytes(message)));
        MessageId id = MessageId.ofHex(message.id());
        Delivery delivery = new Delivery(id, gossip, service.examine(id, gossip), SENDER);
        clock.set(step.clockMillis());

        checkHeader(step, message, service);
        Verdict verdict = service.validate(delivery);
        assertThat(outcome(step, verdict)).as(step.message()).isEqualTo(expected(step));
        if (verdict instanceof Verdict.Accept) {
          service.deliver(delivery);
          checkAccepted(step, message, heard, service);
        }
        checkState(step, service);
      }
    }
  }

  /** The header alone gets the block's verdict, or the one that the step says. */
  private static void checkHeader(Step step, Message message, NodeService service) {
    byte[] bytes = vectors.bytes(message);
    BlockFormat format = service.blockFormat();
    BlockParts parts = kind(message) == Kind.BLOCK ? format.split(Bytes.wrap(bytes)) : null;
    if (parts == null) {
      assertThat(step.header()).isNull();
      return;
    }
    MessageId id = MessageId.ofHex(message.id());
    Verdict verdict =
        format.validateHeader(
            id, format.examineHeader(id, parts.header(), parts.proof(), parts.items().size()));
    assertThat(outcome(step, verdict)).as("header of " + step.message()).isEqualTo(header(step));
  }

  private static IndependentChain.Outcome header(Step step) {
    return step.header() == null
        ? expected(step)
        : new IndependentChain.Outcome(step.header(), null, null, step.abandonedBlocks());
  }

  private static ChainRules rules(String network, int difficultyBits) {
    return new ChainRules(network, difficultyBits, SCHEME);
  }

  /** What the verdict says, in the words of the step. */
  private static IndependentChain.Outcome outcome(Step step, Verdict verdict) {
    return outcome(verdict, step.abandonedBlocks());
  }

  /**
   * What the verdict says, in the words of the vectors.
   *
   * @param abandonedBlocks stands with Accept
   */
  static IndependentChain.Outcome outcome(Verdict verdict, @Nullable Long abandonedBlocks) {
    return switch (verdict) {
      case Verdict.Accept _ -> new IndependentChain.Outcome("Accept", null, null, abandonedBlocks);
      case Verdict.Ignore _ -> new IndependentChain.Outcome("Ignore", null, null, null);
      case Verdict.Reject _ -> new IndependentChain.Outcome("Reject", null, null, null);
      case Verdict.Await(MessageId missing) ->
          new IndependentChain.Outcome("Await", missing.hex(), null, null);
      case Verdict.NotYet(_, Duration time) ->
          new IndependentChain.Outcome("NotYet", null, time.toMillis(), null);
    };
  }

  private static IndependentChain.Outcome expected(Step step) {
    return new IndependentChain.Outcome(
        step.verdict(), step.awaits(), step.waitMillis(), step.abandonedBlocks());
  }

  private static void checkAccepted(
      Step step, Message message, RecordingListener heard, NodeService service) {
    if (message.kind() == Kind.BLOCK.tag()) {
      AcceptedBlock block = heard.blocks.getLast();
      assertThat(block.id().hex()).isEqualTo(message.id());
      assertThat((long) block.abandonedBlocks()).isEqualTo(step.abandonedBlocks());
      assertThat(block.becameTip()).isEqualTo(step.tip().equals(step.message()));
    }
    assertThat(service.find(MessageId.ofHex(message.id())))
        .isEqualTo(kind(message).of(Bytes.wrap(vectors.bytes(message))));
  }

  private static void checkState(Step step, NodeService service) {
    String tip = idOf(step.tip());
    assertThat(service.view().tip().hex()).as(step.message()).isEqualTo(tip);
    assertThat(service.view().pending())
        .extracting(transaction -> transaction.id().hex())
        .as(step.message())
        .isEqualTo(ids(step.pending()));
    assertThat(service.inventory())
        .extracting(MessageId::hex)
        .isEqualTo(step.tip().equals("genesis") ? List.of() : List.of(tip));
  }

  private static String idOf(String name) {
    return name.equals("genesis") ? vectors.genesis().getFirst().id() : vectors.message(name).id();
  }

  private static List<String> ids(List<String> names) {
    return names.stream().map(ChainVectorsTest::idOf).toList();
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void scenario_isWhatTheIndependentImplementationDoes(Scenario scenario) {
    IndependentChain chain = new IndependentChain(vectors.network(), vectors.difficultyBits());
    for (Step step : scenario.steps()) {
      Message message = vectors.message(step.message());
      if (IndependentChain.canBeTakenApart(vectors.bytes(message))) {
        IndependentChain.Outcome alone = chain.header(vectors.bytes(message), step.clockMillis());
        assertThat(alone.verdict()).as(step.message()).isEqualTo(header(step).verdict());
      }
      assertThat(chain.receive(message.kind(), vectors.bytes(message), step.clockMillis()))
          .as(step.message())
          .isEqualTo(expected(step));
      assertThat(chain.tip()).as(step.message()).isEqualTo(idOf(step.tip()));
      assertThat(chain.pending()).as(step.message()).isEqualTo(ids(step.pending()));
    }
  }

  @Test
  void everyMessage_isJudgedSomewhere() {
    Set<String> judged = new HashSet<>();
    for (Scenario scenario : vectors.scenarios()) {
      scenario.steps().forEach(step -> judged.add(step.message()));
    }
    assertThat(vectors.messages()).extracting(Message::name).isSubsetOf(judged);
  }

  @Test
  void tableOfLimits_isThatOfTheCode() throws IOException {
    Map<String, String> table = new LinkedHashMap<>();
    String section = Files.readString(CHAIN_MD).split("\n## 9 Limits\n", 2)[1].split("\n## ", 2)[0];
    section
        .lines()
        .filter(line -> line.startsWith("| "))
        .skip(1)
        .map(line -> line.split("\\|", -1))
        .forEach(cells -> table.put(cells[1].strip(), cells[2].strip().replace(",", "")));

    Map<String, String> code = new LinkedHashMap<>();
    LIMITS.forEach((limit, value) -> code.put(limit, value.toString()));
    assertThat(table).containsExactlyInAnyOrderEntriesOf(code);
  }
}
