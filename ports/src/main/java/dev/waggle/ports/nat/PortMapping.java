package dev.waggle.ports.nat;

/**
 * Has the routers before this machine let others through to it, as home routers do for who asks
 * them. Safe from any thread; never blocks.
 */
public interface PortMapping {
  /** Asks nobody. */
  PortMapping NONE = (port, observer) -> () -> {};

  /**
   * Begins to ask for mappings of a TCP port, and keeps what it gets: renews it, and asks again
   * where a router has restarted or another one has come.
   *
   * @param port where this node listens, 1 to 65,535, on all addresses of its machine
   * @param observer hears what becomes of it, until the result is closed
   */
  Lease open(int port, Observer observer);

  /** The mappings of one port. */
  interface Lease extends AutoCloseable {
    /**
     * Has the routers forget the mappings, in so far as they answer within a second, for which it
     * waits. Idempotent. The observer hears nothing of it.
     */
    @Override
    void close();
  }

  /** Hears of mappings, from one thread of the adapter at a time; must not block. */
  interface Observer {
    /** There is a mapping, or it lasts for longer. */
    void mapped(Mapping mapping);

    /**
     * A mapping is gone.
     *
     * @param why lower-case words
     */
    void lost(Mapping mapping, String why);

    /**
     * There is no mapping for now; it goes on trying. Said when the reason changes.
     *
     * @param why lower-case words: {@code no router answers}
     */
    void failed(String why);
  }
}
