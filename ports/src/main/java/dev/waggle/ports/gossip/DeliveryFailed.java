package dev.waggle.ports.gossip;

/**
 * The environment kept the application from keeping an accepted message: its disk is full, for
 * example. Nobody is at fault, and the same message may succeed later.
 */
public final class DeliveryFailed extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * A failed delivery.
   *
   * @param why for whoever published the message
   */
  public DeliveryFailed(String why, Throwable cause) {
    super(why, cause);
  }
}
