package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The pinned roots were computed by another program, from RFC 9162 §2.1.1. */
class MerkleTreeTest {
  private static final Transaction HELLO = Transaction.of(0x0102030405060708L, ascii("hello"));
  private static final Transaction EMPTY = Transaction.of(2, Bytes.EMPTY);
  private static final Transaction BEE = Transaction.of(3, ascii("bee"));

  @Test
  void roots_arePinned() {
    assertRoot(List.of(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertRoot(List.of(HELLO), "614b9b279ed5a6afdf01ae53291e336316f845a4fc8e32511d55398726fb6a1f");
    assertRoot(
        List.of(HELLO, EMPTY), "ed598058ddf6df84f16da9cb630883f45969924d9bf86dae411a5d2eb461474b");
    assertRoot(
        List.of(HELLO, EMPTY, BEE),
        "bfefde3d6a9eee94193d098ad7342225786b25e3449ac471e0c5a3178e8c3063");
  }

  @Test
  void order_matters() {
    assertThat(MerkleTree.root(List.of(HELLO, BEE)))
        .isNotEqualTo(MerkleTree.root(List.of(BEE, HELLO)));
  }

  /** What a tree does not withstand that fills odd levels up with copies of the last node. */
  @Test
  void repeatedEnds_giveOtherRoots() {
    List<Transaction> list = new ArrayList<>(List.of(HELLO, EMPTY, BEE));
    Set<Bytes> roots = new HashSet<>();
    for (int copies = 0; copies < 9; copies++) {
      roots.add(MerkleTree.root(list));
      list.add(BEE);
    }
    assertThat(roots).hasSize(9);
  }

  private static void assertRoot(List<Transaction> transactions, String hex) {
    assertThat(MerkleTree.root(transactions).hex()).isEqualTo(hex);
  }

  private static Bytes ascii(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }
}
