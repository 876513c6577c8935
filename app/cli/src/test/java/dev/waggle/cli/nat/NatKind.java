package dev.waggle.cli.nat;

/**
 * What lies between a host of the lab and the internet: nothing, or a router with NAT; in the words
 * of RFC 4787 and RFC 5382, for TCP.
 */
enum NatKind {
  /** No router: the host has a public address, and whoever wants to dials it. */
  PUBLIC("public", Mapping.ENDPOINT_INDEPENDENT, Filtering.NONE),

  /** A port that something has gone out of is open to everybody. */
  FULL_CONE("full-cone", Mapping.ENDPOINT_INDEPENDENT, Filtering.ENDPOINT_INDEPENDENT),

  /** It is open to the addresses that something has gone out to, whatever their port. */
  RESTRICTED("restricted", Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_DEPENDENT),

  /** It is open to those addresses and ports, as most home routers do it. */
  PORT_RESTRICTED(
      "port-restricted", Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_AND_PORT_DEPENDENT),

  /** And each of those sees another port, which nobody can foretell. */
  SYMMETRIC("symmetric", Mapping.ADDRESS_AND_PORT_DEPENDENT, Filtering.ADDRESS_AND_PORT_DEPENDENT),

  /** A port-restricted router behind the port-restricted router of a provider (RFC 6598). */
  DOUBLE("double", Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_AND_PORT_DEPENDENT),

  /** A port-restricted router that opens ports for who asks: by PCP, NAT-PMP or UPnP. */
  MINIUPNPD("miniupnpd", Mapping.ENDPOINT_INDEPENDENT, Filtering.ADDRESS_AND_PORT_DEPENDENT);

  /** Which port of the router others see, of connections from one port of the host. */
  enum Mapping {
    /** Always the same. */
    ENDPOINT_INDEPENDENT,
    /** Another one for each address and port that is dialled. */
    ADDRESS_AND_PORT_DEPENDENT
  }

  /**
   * Whom a router lets in to a port of the host; all but the first wait for it to dial somebody.
   */
  enum Filtering {
    NONE,
    ENDPOINT_INDEPENDENT,
    ADDRESS_DEPENDENT,
    ADDRESS_AND_PORT_DEPENDENT
  }

  private final String word;
  private final Mapping mapping;
  private final Filtering filtering;

  NatKind(String word, Mapping mapping, Filtering filtering) {
    this.word = word;
    this.mapping = mapping;
    this.filtering = filtering;
  }

  Mapping mapping() {
    return mapping;
  }

  Filtering filtering() {
    return filtering;
  }

  /** Whether others can dial a host, after it has asked its router and dialled somebody itself. */
  boolean canBeDialled() {
    return switch (this) {
      case PUBLIC, FULL_CONE, MINIUPNPD -> true;
      case RESTRICTED, PORT_RESTRICTED, SYMMETRIC, DOUBLE -> false;
    };
  }

  /**
   * Whether two hosts behind routers of these kinds can connect without any help from their
   * routers, if both dial the endpoint at which a third one sees the other, from one port each.
   */
  boolean canBePunchedWith(NatKind other) {
    return letsIn(other) || other.letsIn(this);
  }

  /** Whether what {@code other} sends to the endpoint that all see comes to the host. */
  private boolean letsIn(NatKind other) {
    return mapping == Mapping.ENDPOINT_INDEPENDENT
        && (filtering != Filtering.ADDRESS_AND_PORT_DEPENDENT
            || other.mapping == Mapping.ENDPOINT_INDEPENDENT);
  }

  /** As tables have it. */
  @Override
  public String toString() {
    return word;
  }
}
