package dev.waggle.ports.node;

/** Who dialled. */
public enum Direction {
  /** This node did. */
  OUTBOUND,
  /** The peer did. */
  INBOUND
}
