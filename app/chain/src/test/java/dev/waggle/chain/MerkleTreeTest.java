package dev.waggle.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The pinned roots were computed by another program, from RFC 9162 §2.1.1. */
class MerkleTreeTest {
  private static final MessageId HELLO = id('h');
  private static final MessageId EMPTY = id('e');
  private static final MessageId BEE = id('b');

  @Test
  void roots_arePinned() {
    assertRoot(List.of(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertRoot(List.of(HELLO), "80aaa32f9bf7694ea22e6aff2702c1c59127741bbb625f4cacebcdbb1d59998c");
    assertRoot(
        List.of(HELLO, EMPTY), "59ad2f128d08b03a7fc332d4d30b2b606c1f1113f4da2eacd30d17e020a750f1");
    assertRoot(
        List.of(HELLO, EMPTY, BEE),
        "dfc757ec5546266c5d5224e483f63a9fbba99ddba6dd1332af05d298c4dc5249");
  }

  @Test
  void order_matters() {
    assertThat(MerkleTree.root(List.of(HELLO, BEE)))
        .isNotEqualTo(MerkleTree.root(List.of(BEE, HELLO)));
  }

  /** What a tree does not withstand that fills odd levels up with copies of the last node. */
  @Test
  void repeatedEnds_giveOtherRoots() {
    List<MessageId> list = new ArrayList<>(List.of(HELLO, EMPTY, BEE));
    Set<Bytes> roots = new HashSet<>();
    for (int copies = 0; copies < 9; copies++) {
      roots.add(MerkleTree.root(list));
      list.add(BEE);
    }
    assertThat(roots).hasSize(9);
  }

  private static void assertRoot(List<MessageId> ids, String hex) {
    assertThat(MerkleTree.root(ids).hex()).isEqualTo(hex);
  }

  /** 32 times the same byte. */
  private static MessageId id(char each) {
    byte[] bytes = new byte[MessageId.LENGTH];
    Arrays.fill(bytes, (byte) each);
    return MessageId.read(bytes, 0);
  }
}
