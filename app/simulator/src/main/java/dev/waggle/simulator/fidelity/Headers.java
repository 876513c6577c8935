package dev.waggle.simulator.fidelity;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.wire.MessageId;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What was found out about headers and their proofs, whoever has been sent them. */
final class Headers {
  /** More than there are blocks under way; then all are forgotten, and found out again. */
  private static final int MAX_REMEMBERED = 1 << 12;

  /** Of a proof: one that is sent along with another header, or other items, is another matter. */
  private record Known(MessageId id, int items, Examination examination) {}

  private final IdentityHashMap<Bytes, Known> byProof = new IdentityHashMap<>();
  private final IdentityHashMap<Bytes, List<MessageId>> committed = new IdentityHashMap<>();

  /** Whether a header commits to these items, which {@code find} finds out. */
  boolean commits(Bytes header, List<MessageId> items, BooleanSupplier find) {
    if (items.equals(committed.get(header))) {
      return true;
    }
    boolean commits = find.getAsBoolean();
    if (commits) {
      if (committed.size() == MAX_REMEMBERED) {
        committed.clear();
      }
      committed.put(header, items);
    }
    return commits;
  }

  /** What {@code examine} says, or has said about the same. */
  Examination examined(MessageId id, Bytes proof, int items, Supplier<Examination> examine) {
    Known known = byProof.get(proof);
    if (known != null && known.items == items && known.id.equals(id)) {
      return known.examination;
    }
    Examination found = examine.get();
    if (byProof.size() == MAX_REMEMBERED) {
      byProof.clear();
    }
    byProof.put(proof, new Known(id, items, found));
    return found;
  }
}
