package dev.waggle.node.runtime;

import dev.waggle.ports.gossip.Examination;
import dev.waggle.ports.gossip.GossipApplication;
import dev.waggle.ports.wire.MessageId;
import org.jspecify.annotations.Nullable;

/** A message that the application examines before the node hears of it, unless it is known. */
abstract sealed class Examinee extends Prepared permits Arrival, IncomingHeader {
  private @Nullable Examination examination;
  private boolean known;
  private boolean examinedElsewhere;

  Examinee(long bytes, long contentBytes) {
    super(bytes, contentBytes);
  }

  /** Of the gossip that it brings or speaks of; it is named. */
  abstract MessageId id();

  /** What its examination depends on: of equal ones, one is examined for all. It is named. */
  abstract Object subject();

  /** Examines it. By any thread, and by several at a time. */
  abstract Examination examineBy(GossipApplication application);

  /** Whether the node need not hear of it. */
  final boolean isKnown() {
    return known;
  }

  final void known() {
    known = true;
  }

  final boolean isExamined() {
    return examination != null;
  }

  /** What was found out, if anything was. */
  final Examination examination() {
    return examination == null ? Examination.NONE : examination;
  }

  /** The result of an examination that did not take long. */
  final void examined(Examination result) {
    examination = result;
  }

  /** The result of one that did, from {@link Examinations}. */
  final void examinedElsewhere(Examination result) {
    examination = result;
    examinedElsewhere = true;
  }

  final boolean isExaminedElsewhere() {
    return examinedElsewhere;
  }
}
