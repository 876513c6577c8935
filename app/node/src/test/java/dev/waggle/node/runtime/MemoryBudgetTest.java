package dev.waggle.node.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.waggle.domain.addresses.AddressExchange;
import dev.waggle.domain.admission.AdmissionSettings;
import dev.waggle.domain.frame.FrameBounds;
import dev.waggle.domain.frame.RecordBuffers;
import dev.waggle.domain.sync.SyncSettings;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.ports.wire.GossipMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryBudgetTest {
  private static final long MIB = 1024 * 1024;

  /** Inbound and outbound links at most, and what each may hold, each way. */
  private static final long LINKS = 117 + 8;

  /** PROTOCOL §8.6. */
  private static final int HEADERS_OF_A_CHAIN = 4096;

  /** Its id, of which most is, and its place in some tables. */
  private static final int BYTES_OF_A_HEADER = 200;

  @ParameterizedTest
  @ValueSource(longs = {128, 256, 512, 1024, 6144})
  void theSumOfAllThatANodeHolds_isHalfOfTheHeap(long heapMib) {
    MemoryBudget budget = MemoryBudget.ofHeap(heapMib * MIB);
    long sum =
        budget.incomingBytes()
            + budget.outgoingBytes()
            + 2 * LINKS * budget.perLinkBytes()
            + budget.publishedBytes()
            + budget.recentBytes()
            + budget.rereadBytes()
            + budget.waitingBytes()
            + budget.aheadBytes()
            + budget.rebuildBytes()
            + budget.partsBytes()
            + 64L * budget.seenIds();

    assertThat(sum).isLessThanOrEqualTo(heapMib * MIB / 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 128, 512})
  void strangers_canSendAndAskForMessagesOfAnySize_howeverSmallTheHeap(long heapMib) {
    MemoryBudget budget = MemoryBudget.ofHeap(heapMib * MIB);
    long toSend = budget.outgoingBytes() - SharedMemory.reservedOf(budget.outgoingBytes());
    long received = budget.incomingBytes() - SharedMemory.reservedOf(budget.incomingBytes());

    assertThat(toSend).isGreaterThan(GossipMessage.MAX_PAYLOAD_BYTES + 8 * 1024);
    assertThat(received).isGreaterThan(GossipMessage.MAX_PAYLOAD_BYTES + 8 * 1024);
  }

  /** Else its blocks were fetched whole by everybody who has nearly all of them. */
  @Test
  void blocksOfAMegabyte_areRelayedInParts_howeverSmallTheHeap() {
    MemoryBudget budget = MemoryBudget.ofHeap(0);

    assertThat(budget.rebuildBytes()).isGreaterThanOrEqualTo(2 * MIB);
    assertThat(budget.partsBytes()).isGreaterThanOrEqualTo(2 * MIB);
  }

  /** Else there was nothing to get from several peers at once. */
  @Test
  void someBlocksOfAMegabyte_areHeldWhileANodeCatchesUp_howeverSmallTheHeap() {
    assertThat(MemoryBudget.ofHeap(0).aheadBytes()).isGreaterThanOrEqualTo(4 * MIB);
  }

  /** Many nodes in one process, a devnet's for example, have one heap between them. */
  @Test
  void nodesOfOneProcess_haveEachTheirPartOfTheHeap() {
    long heap = Runtime.getRuntime().maxMemory();
    assertThat(MemoryBudget.ofOneAmong(1)).isEqualTo(MemoryBudget.ofThisProcess());
    assertThat(MemoryBudget.ofOneAmong(3)).isEqualTo(MemoryBudget.ofHeap(heap / 3));
  }

  @Test
  void nodesThatAreTooMany_planWithTheLeastThatCarriesAMessage() {
    assertThat(MemoryBudget.ofOneAmong(Integer.MAX_VALUE))
        .isEqualTo(MemoryBudget.ofHeap(MemoryBudget.MIN_HEAP_BYTES));
    assertThatIllegalArgumentException().isThrownBy(() -> MemoryBudget.ofOneAmong(0));
  }

  /**
   * Fixed, however small the heap: parts of frames, of records and of messages within them,
   * addresses, and headers of chains.
   */
  @Test
  void whatNeedsNoGrant_fitsBesideTheBudgetOfTheSmallestNode() {
    AdmissionSettings admission = AdmissionSettings.DEFAULTS;
    int handshakes = admission.maxHalfOpen() + admission.maxUnderWay();
    long besides =
        (long) handshakes * RecordBuffers.sizeFor(FrameBounds.MAX_HANDSHAKE_BYTES)
            + 2 * LINKS * RecordBuffers.sizeFor(FrameBounds.MAX_PLAINTEXT_BYTES)
            + LINKS * AddressExchange.MAX_BYTES_PER_LINK
            + (long) SyncSettings.DEFAULTS.maxChains() * HEADERS_OF_A_CHAIN * BYTES_OF_A_HEADER;

    assertThat(besides).isLessThanOrEqualTo(MemoryBudget.MIN_HEAP_BYTES / 4);
  }
}
