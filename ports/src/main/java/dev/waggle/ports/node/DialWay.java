package dev.waggle.ports.node;

/** How a dial leaves this machine. */
public enum DialWay {
  /** From a port that the system chooses. */
  ANY_PORT,
  /**
   * From the port at which the node listens, so that a router in between shows all peers the same
   * endpoint, which is the one to dial; from any port where that cannot be.
   */
  OWN_PORT,
  /**
   * The same, towards a peer that dials this node at the same moment (PROTOCOL §9.10): both may be
   * the one that has dialled (§4.8). Fails after a few seconds.
   */
  PUNCH
}
