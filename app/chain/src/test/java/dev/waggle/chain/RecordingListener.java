package dev.waggle.chain;

import dev.waggle.ports.PeerId;
import dev.waggle.ports.wire.MessageId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Remembers what it heard, one line an event but for accepted blocks. */
final class RecordingListener implements ChainListener {
  final List<AcceptedBlock> blocks = new ArrayList<>();
  final List<String> others = new ArrayList<>();

  @Override
  public void blockAccepted(AcceptedBlock block) {
    blocks.add(block);
  }

  @Override
  public void blockRejected(MessageId id, String why, @Nullable PeerId from) {
    others.add("rejected " + id + " from " + from + ": " + why);
  }

  @Override
  public void transactionAccepted(MessageId id, @Nullable PeerId from) {
    others.add("transaction " + id + " from " + from);
  }

  @Override
  public void storeFailed(IOException why) {
    others.add("store failed: " + why.getMessage());
  }

  @Override
  public void storeRecovered() {
    others.add("store recovered");
  }
}
