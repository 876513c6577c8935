package dev.waggle.ports.transport;

import dev.waggle.ports.Endpoint;

/** An address that cannot be bound: the port is in use, or the address is not this machine's. */
public final class ListenFailed extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Endpoint endpoint;

  public ListenFailed(Endpoint endpoint, String reason, Throwable cause) {
    super("cannot listen on " + endpoint + ": " + reason, cause);
    this.endpoint = endpoint;
  }

  public Endpoint endpoint() {
    return endpoint;
  }
}
