package dev.waggle.chain;

import static dev.waggle.chain.MessageForge.DIFFICULTY_BITS;
import static dev.waggle.chain.MessageForge.NETWORK;
import static dev.waggle.chain.MessageForge.TIME;

import dev.waggle.chain.ChainVectors.Genesis;
import dev.waggle.chain.ChainVectors.Scenario;
import dev.waggle.chain.ChainVectors.Step;
import dev.waggle.chain.ChainVectors.Tree;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the vectors, without the code that they are for: bytes, ids and roots come from {@link
 * IndependentChain}, and every verdict is written here by hand.
 */
final class ChainVectorsWriter {
  private static final long FAR = ChainVectorMessages.FAR;

  private final MessageForge messages = ChainVectorMessages.make();
  private final List<Scenario> scenarios = new ArrayList<>();
  private List<Step> steps = new ArrayList<>();
  private long clockMillis = ChainVectorMessages.NOW;
  private String tip = "genesis";
  private List<String> pending = List.of();

  static ChainVectors make() {
    ChainVectorsWriter writer = new ChainVectorsWriter();
    writer.growth();
    writer.forks();
    writer.transactions();
    writer.reorganisation();
    writer.invalidBlocks();
    writer.unsigned();
    writer.time();
    writer.order();
    writer.sizes();
    return new ChainVectors(
        NETWORK,
        DIFFICULTY_BITS,
        writer.messages.parts(),
        List.of(genesis(NETWORK, 16), genesis(NETWORK, 15), genesis("waggle-dev", 16)),
        IntStream.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 13).mapToObj(writer::tree).toList(),
        writer.messages.all(),
        writer.scenarios,
        HeaderStretchVectors.make(writer.messages));
  }

  private static Genesis genesis(String network, int bits) {
    byte[] payload = IndependentChain.genesis(network, bits);
    return new Genesis(
        network, bits, HexFormat.of().formatHex(payload), IndependentChain.headerId(payload));
  }

  private Tree tree(int leaves) {
    List<String> ids =
        IntStream.range(0, leaves)
            .mapToObj(i -> IndependentChain.wholeId(0, new byte[] {(byte) i}))
            .toList();
    return new Tree(ids, IndependentChain.merkleRoot(ids));
  }

  private void growth() {
    await("a2", "a1", "its parent is not here");
    tip("a1", 0);
    ignore("a1", "it is known");
    tip("a2", 0);
    tip("a3", 0);
    tip("a4", 0);
    ignore("a2", "it is known");
    ignore("evidence", "this chain knows none");
    scenario("a chain grows block by block");
  }

  private void forks() {
    tip("a1", 0);
    tip("a2", 0);
    side("b2", "as much work as the tip's branch, but later");
    tip("a3", 0);
    side("b3", "as much work as the tip's branch, but later");
    pending = List.of("t4");
    tip("b4", 2);
    side("a4", "as much work as the tip's branch, but later");
    ignore("b2", "it is known");
    scenario("of branches with equal work the first stays, and more work wins");

    tip("a1", 0);
    tip("b2", 0);
    side("a2", "as much work as the tip's branch, but later");
    side("c1", "less work");
    side("c2", "as much work as the tip's branch, but later");
    pending = List.of("t2");
    tip("c3", 2);
    scenario("the same blocks in another order, and a branch from the genesis on");
  }

  private void transactions() {
    pending("t1");
    pending("t2", "t1");
    ignore("t1", "it waits already");
    pending = List.of("t2");
    tip("a1", 0);
    ignore("t1", "it is in the main chain");
    pending("t3");
    pending("t-largest");
    for (String each :
        List.of(
            "t-empty",
            "t-version-0",
            "t-version-2",
            "t-cut-in-salt",
            "t-cut-in-length",
            "t-cut-in-key",
            "t-without-signature",
            "t-cut-in-signature",
            "t-memo-short",
            "t-trailing",
            "t-memo-2-gib",
            "t-memo-4-gib",
            "t-too-large")) {
      reject(each, "malformed");
    }
    for (String each :
        List.of("t-signature-changed", "t-memo-changed", "t-key-changed", "t-of-another-network")) {
      reject(each, "its author has not signed it");
      reject(each, "nor has he now");
    }
    scenario("transactions wait until a block takes them");
  }

  private void reorganisation() {
    tip("a1", 0);
    tip("a2", 0);
    side("b2", "as much work as the tip's branch, but later");
    pending("t2");
    pending("t4");
    ignore("t1", "it is in the main chain");
    pending = List.of("t4");
    tip("b3", 1);
    ignore("t2", "it is in the main chain");
    side("a3", "as much work as the tip's branch, but later");
    pending = List.of();
    tip("a4", 2);
    side("c1", "less work");
    side("b4", "as much work as the tip's branch, but later");
    scenario("a reorganisation takes what waits, however far below the tip it stands");
  }

  private void invalidBlocks() {
    tip("a1", 0);
    tip("a2", 0);
    for (ChainVectors.Message each : messages.all()) {
      if (each.kind() == 1 && each.malformed() != null) {
        rejectItems(each.name(), each.malformed());
      }
    }
    reject("15-zero-bits", "it does not prove the work");
    reject("height-0", "only the genesis has this height");
    reject("height-skips", "its height does not follow its parent's");
    reject("height-stays", "its height does not follow its parent's");
    reject("height-2^63-1", "its height does not follow its parent's");
    await("on-height-skips", "height-skips", "what was rejected is not here");
    reject("time-before-parent", "its time lies before its parent's");
    rejectItems("repeats-parents", "a transaction is in its parent already");
    rejectItems("repeats-grandparents", "a transaction is in its branch already");
    side("b2", "as much work as the tip's branch, but later");
    tip("t2-on-a", 0);
    side("b3", "as much work as the tip's branch, but later");
    rejectItems("repeats-on-b", "a transaction is in its branch already");
    scenario("what is rejected changes nothing");
  }

  private void unsigned() {
    tip("a1", 0);
    for (String each :
        List.of("signature-changed", "key-changed", "names-another-miner", "signed-elsewhere")) {
      reject(each, "the miner that it names has not signed it");
    }
    pending("t2");
    pending("t3");
    for (String each :
        List.of(
            "holds-t-signature-changed",
            "holds-t-memo-changed",
            "holds-t-key-changed",
            "holds-t-of-another-network")) {
      rejectItems(each, "a transaction in it is not signed");
    }
    reject("early-orphan-signed-elsewhere", "signatures are asked for before time and parent");
    scenario("what nobody has signed is rejected");
  }

  private void time() {
    tip("a1", 0);
    notYet("time-now+120001", 1);
    tip("time-now+120000", 0);
    notYet("time-now+120001", 1);
    clockMillis++;
    side("time-now+120001", "its time has come; it is as high as the tip");
    side("time-of-parent", "a time may be that of the parent; it is as high as the tip");
    notYet("time-2^63-1", Long.MAX_VALUE - clockMillis - FAR);
    clockMillis -= 600_000;
    notYet("a2", TIME + 1000 - clockMillis - FAR);
    ignore("a1", "it is known, whatever the clock says now");
    clockMillis += 599_999;
    scenario("a block's time lies at most 120,000 ms ahead");
  }

  private void order() {
    tip("a1", 0);
    notYet("early-orphan-of-wrong-height", 5000);
    notYet("early-of-wrong-height", 5000);
    await("orphan-of-wrong-height", "b2", "the height is compared when the parent is there");
    reject("orphan-with-15-zero-bits", "work is asked for before the parent");
    reject("early-with-15-zero-bits", "work is asked for before the time");
    reject("height-2^63", "malformed, so that no parent is asked for");
    reject("time-2^64-1", "malformed, and not a time that will come");
    tip("b2", 0);
    reject("orphan-of-wrong-height", "its height does not follow its parent's");
    clockMillis += 5000;
    reject("early-of-wrong-height", "its time has come, and its height does not follow");
    clockMillis -= 5000;
    scenario("the first rule that a block breaks decides");
  }

  private void sizes() {
    tip("a1", 0);
    tip("with-the-largest", 0);
    reject("t-too-large", "it has 65,537 bytes");
    reject("count-4097", "it counts 4097 transactions");
    scenario("blocks at their limits");
  }

  private void scenario(String name) {
    scenarios.add(new Scenario(name, steps));
    steps = new ArrayList<>();
    tip = "genesis";
    pending = List.of();
  }

  /** An accepted block that becomes the tip. */
  private void tip(String block, long abandonedBlocks) {
    tip = block;
    step(block, "Accept", null, null, null, null, abandonedBlocks);
  }

  /** An accepted block that does not become the tip. */
  private void side(String block, String why) {
    step(block, "Accept", why, null, null, null, 0L);
  }

  /** An accepted transaction, behind those that wait, or behind {@code others}. */
  private void pending(String transaction, String... others) {
    List<String> all = new ArrayList<>(others.length > 0 ? List.of(others) : pending);
    all.add(transaction);
    pending = List.copyOf(all);
    step(transaction, "Accept", null, null, null, null, null);
  }

  private void ignore(String message, String why) {
    step(message, "Ignore", why, null, null, null, null);
  }

  private void reject(String message, String why) {
    step(message, "Reject", why, null, null, null, null);
  }

  /**
   * A block that is rejected for what is in it: if it can be taken apart, its header alone is
   * accepted.
   */
  private void rejectItems(String message, String why) {
    String header = IndependentChain.canBeTakenApart(messages.payload(message)) ? "Accept" : null;
    step(message, "Reject", why, header, null, null, null);
  }

  private void await(String message, String missing, String why) {
    step(message, "Await", why, null, messages.id(missing), null, null);
  }

  private void notYet(String message, long waitMillis) {
    step(message, "NotYet", null, null, null, waitMillis, null);
  }

  private void step(
      String message,
      String verdict,
      @Nullable String why,
      @Nullable String header,
      @Nullable String awaits,
      @Nullable Long waitMillis,
      @Nullable Long abandonedBlocks) {
    messages.id(message);
    steps.add(
        new Step(
            clockMillis,
            message,
            verdict,
            why,
            header,
            awaits,
            waitMillis,
            abandonedBlocks,
            tip,
            pending));
  }
}
