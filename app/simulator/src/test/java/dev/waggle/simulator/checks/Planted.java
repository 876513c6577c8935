package dev.waggle.simulator.checks;

import dev.waggle.simulator.checks.Mutation.Answer;
import java.lang.classfile.Opcode;

/** Mistakes as somebody might make them, each in one method of what a node is made of. */
enum Planted {
  FORGOTTEN_SEEN_CACHE_CHECK,
  UNBOUNDED_TABLE,
  UNBOUNDED_QUEUE,
  LOST_BACKOFF,
  WRONG_TIE_BREAK_OF_LINKS,
  WRONG_TIE_BREAK_OF_CHAINS,
  MISSING_BAN,
  REQUEST_NEVER_ASKED_AGAIN,
  LINK_LEAKED_ON_REFUSED_HANDSHAKE,
  PERMIT_LEAKED,
  LOST_WAKE_UP,
  DEAF_HEARTBEAT,
  TRANSACTIONS_USED_TWICE;

  private static final String DOMAIN = "dev.waggle.domain.";
  private static final String CHAIN = "dev.waggle.chain.";
  private static final String NODE = "dev.waggle.simulator.node.";

  Mutation mutation() {
    return switch (this) {
      case FORGOTTEN_SEEN_CACHE_CHECK ->
          new Mutation(DOMAIN + "gossip.MessageCache", "contains", new Answer.Constant(0));
      case UNBOUNDED_TABLE ->
          new Mutation(DOMAIN + "gossip.Account", "room", new Answer.Constant(Integer.MAX_VALUE));
      case UNBOUNDED_QUEUE ->
          new Mutation(NODE + "Outgoing", "takeRoomFor", new Answer.Constant(1));
      case LOST_BACKOFF ->
          new Mutation(DOMAIN + "peers.Backoff", "exponentialNanos", new Answer.Constant(0));
      case WRONG_TIE_BREAK_OF_LINKS ->
          new Mutation(DOMAIN + "peers.Duplicates", "toLeave", new Answer.EmptyList());
      case WRONG_TIE_BREAK_OF_CHAINS ->
          new Mutation(CHAIN + "BlockTree", "add", new Answer.Instead(Opcode.IFLE, Opcode.IFLT));
      case MISSING_BAN -> new Mutation(DOMAIN + "peers.Conduct", "offend", new Answer.Constant(0));
      case REQUEST_NEVER_ASKED_AGAIN ->
          new Mutation(DOMAIN + "gossip.Want", "next", new Answer.NothingAfter("turns", 1));
      case LINK_LEAKED_ON_REFUSED_HANDSHAKE ->
          new Mutation(NODE + "RunningNode", "forget", new Answer.Nothing());
      case PERMIT_LEAKED ->
          new Mutation(DOMAIN + "admission.Permit", "release", new Answer.Nothing());
      case LOST_WAKE_UP -> new Mutation(DOMAIN + "time.Tick", "wind", new Answer.Nothing());
      case DEAF_HEARTBEAT ->
          new Mutation(DOMAIN + "peers.Liveness", "isSilent", new Answer.Constant(0));
      case TRANSACTIONS_USED_TWICE ->
          new Mutation(CHAIN + "BlockTree$Branch", "includes", new Answer.Constant(0));
    };
  }
}
