package dev.waggle.ports.gossip;

/**
 * What an application has found out about a message by looking at nothing else, see {@link
 * GossipApplication#examine}: the decoded message, for example, or what is wrong with it.
 * Immutable.
 */
public interface Examination {
  /** Of an application that finds out nothing. */
  Examination NONE = () -> 0;

  /** About how many bytes of memory it holds beyond the message itself. */
  long heldBytes();
}
