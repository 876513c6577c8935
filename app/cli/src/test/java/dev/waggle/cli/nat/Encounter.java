package dev.waggle.cli.nat;

import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Two nodes that know the same public ones, and what comes of it. */
record Encounter(Pair pair, HostNode left, HostNode right) {
  /**
   * What came of it.
   *
   * @param words how they linked, or why not: as tables have it
   */
  record Outcome(boolean linked, String words) {
    /** Whether nothing was seen to come of it at all. */
    boolean isSilent() {
      return words.startsWith(NOTHING);
    }
  }

  private static final String NOTHING = "nothing";

  /**
   * If one of them can be dialled, has the other one dial it, as soon as it knows where: it would
   * hear of it from others too, but in its own time.
   *
   * @param deadlineNanos by {@link System#nanoTime}
   */
  void introduce(long deadlineNanos) throws InterruptedException {
    if (pair.left().canBeDialled()) {
      right.connect(left.peerId(deadlineNanos) + "@" + where(pair.left(), left, deadlineNanos));
    } else if (pair.right().canBeDialled()) {
      left.connect(right.peerId(deadlineNanos) + "@" + where(pair.right(), right, deadlineNanos));
    }
  }

  private static String where(NatKind kind, HostNode node, long deadlineNanos)
      throws InterruptedException {
    if (kind == NatKind.PUBLIC) {
      return node.address(); // It need not have found out yet.
    }
    return node.await(Encounter::isReachable, deadlineNanos)
        .orElseThrow(() -> new AssertionError("cannot be dialled: " + node))
        .get("address")
        .asString();
  }

  private static boolean isReachable(JsonNode event) {
    return HostNode.named("reachability").test(event)
        && event.get("state").asString().equals("reachable");
  }

  /**
   * Waits until they are linked; or, if they cannot be, until one of them says why.
   *
   * @param deadlineNanos by {@link System#nanoTime}
   */
  Outcome await(long deadlineNanos) throws InterruptedException {
    String leftId = left.peerId(deadlineNanos);
    String rightId = right.peerId(deadlineNanos);
    Predicate<JsonNode> linked =
        HostNode.about(rightId, isPunched() ? "punched" : "peer-connected");
    Predicate<JsonNode> failed = HostNode.about(rightId, "punch-failed");
    JsonNode end =
        left.await(pair.canLink() ? linked : linked.or(failed), deadlineNanos)
            .or(() -> right.heard(HostNode.about(leftId, "punch-failed")))
            .orElse(null);
    if (end == null) {
      return new Outcome(false, NOTHING + ": %s and %s".formatted(state(left), state(right)));
    }
    return linked.test(end)
        ? new Outcome(true, how(end))
        : new Outcome(false, end.get("reason").asString());
  }

  /** Whether there is no other way. */
  private boolean isPunched() {
    return !pair.left().canBeDialled() && !pair.right().canBeDialled();
  }

  private String how(JsonNode link) {
    if (isPunched()) {
      int tries = link.get("tries").asInt();
      return tries == 1 ? "punched" : "punched in " + tries + " tries";
    }
    boolean outbound = link.get("direction").asString().equals("outbound");
    HostNode dialled = outbound ? right : left;
    return dialled.heard(HostNode.named("mapped")).isPresent() ? "mapped" : "dialled";
  }

  /** What the node has last found out about itself. */
  private static String state(HostNode node) {
    return node.lastHeard(HostNode.named("reachability"))
        .map(event -> event.get("state").asString())
        .orElse("unknown");
  }
}
