package dev.waggle.domain;

/** Who is to blame when something fails, which decides what to do about it. */
public enum Fault {
  /** The peer broke the protocol: close, and remember it. */
  PEER,
  /** This node was set up or called wrongly: tell the operator. */
  CALLER,
  /** Nobody: the network, the clock, or an honest disagreement. Try again later. */
  ENVIRONMENT
}
