package dev.waggle.domain.relay;

import dev.waggle.ports.wire.MessageId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that are being put together, and the youngest of those that were accepted, whose items
 * can be asked for.
 */
final class RelayedBlocks {
  private final RelaySettings settings;
  private final Consumer<RelayedBlock> onForgotten;
  private final LinkedHashMap<MessageId, RelayedBlock> blocks = new LinkedHashMap<>();

  /**
   * No blocks yet.
   *
   * @param onForgotten hears of each block that is here no longer
   */
  RelayedBlocks(RelaySettings settings, Consumer<RelayedBlock> onForgotten) {
    this.settings = settings;
    this.onForgotten = onForgotten;
  }

  @Nullable RelayedBlock find(MessageId id) {
    return blocks.get(id);
  }

  /** What there is of a block, or null if nothing is known of it. */
  @Nullable PartialBlock parts(MessageId id) {
    RelayedBlock block = blocks.get(id);
    return block == null ? null : block.block();
  }

  /** All of them, as they are now. */
  List<RelayedBlock> all() {
    return new ArrayList<>(blocks.values());
  }

  /** Those that are being put together, as they are now. */
  List<RelayedBlock> open() {
    List<RelayedBlock> open = all();
    open.removeIf(block -> !block.isOpen());
    return open;
  }

  void add(RelayedBlock block) {
    blocks.put(block.id(), block);
  }

  void remove(RelayedBlock block) {
    blocks.remove(block.id());
    onForgotten.accept(block);
  }

  /** Whether a block is not too large to be kept once it is accepted. */
  boolean mayKeep(RelayedBlock block) {
    return block.block().bytes() <= settings.maxRecentBytes();
  }

  /** A block was accepted: it is the youngest now, and the oldest give way to it. */
  void accepted(RelayedBlock block) {
    blocks.putLast(block.id(), block);
    int count = 0;
    long bytes = 0;
    for (RelayedBlock recent : new ArrayList<>(blocks.sequencedValues().reversed())) {
      if (!recent.isOpen()) {
        count++;
        bytes += recent.block().bytes();
        if (count > settings.maxRecent() || bytes > settings.maxRecentBytes()) {
          remove(recent);
        }
      }
    }
  }
}
