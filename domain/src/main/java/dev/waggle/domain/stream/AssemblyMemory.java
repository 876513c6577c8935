package dev.waggle.domain.stream;

/**
 * Grants the memory in which long messages are put together, out of what all links of a node share.
 * A link asks for it as the bytes arrive, not for what is merely announced.
 */
public interface AssemblyMemory {
  /** Grants everything. */
  AssemblyMemory UNBOUNDED = new AssemblyMemory() {};

  /**
   * Asks for memory before it is taken.
   *
   * @param bytes more than zero
   * @return false if there is none: the connection ends
   */
  default boolean takeMemory(long bytes) {
    return true;
  }

  /** Gives back what was granted, in as many parts as it was asked for or in fewer. */
  default void giveMemoryBack(long bytes) {}
}
