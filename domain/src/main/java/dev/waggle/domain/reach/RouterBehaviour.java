package dev.waggle.domain.reach;

/** What a router before this node makes of one port, as peers see it (RFC 4787 §4.1). */
public enum RouterBehaviour {
  /** Too few have seen links from the listening port. */
  UNKNOWN,
  /** Two network groups see the same endpoint: so will others. */
  ENDPOINT_INDEPENDENT,
  /** Two see different ones: where others would see this node, nobody knows. */
  ADDRESS_DEPENDENT
}
