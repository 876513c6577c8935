package dev.waggle.domain.stream;

import dev.waggle.domain.frame.RecordBuffers;

/**
 * What one growing buffer of a link has been granted of the memory that all links share; the first
 * few bytes need no grant. Owned by one thread.
 */
public final class MemoryGrant {
  private final AssemblyMemory memory;
  private final int unaskedBytes;
  private long grantedBytes;

  /**
   * Nothing granted.
   *
   * @param unaskedBytes that a buffer may hold without asking
   */
  public MemoryGrant(AssemblyMemory memory, int unaskedBytes) {
    this.memory = memory;
    this.unaskedBytes = unaskedBytes;
  }

  /**
   * Sees to it that there may be a buffer for so many bytes.
   *
   * @return false if there is no memory for it; what was granted before stays
   */
  public boolean covers(int bytes) {
    long missing = RecordBuffers.sizeFor(bytes) - grantedBytes;
    if (bytes <= unaskedBytes || missing <= 0) {
      return true;
    }
    if (!memory.takeMemory(missing)) {
      return false;
    }
    grantedBytes += missing;
    return true;
  }

  /** The buffer is given back, and so is what it was granted. */
  public void giveBack() {
    if (grantedBytes > 0) {
      memory.giveMemoryBack(grantedBytes);
      grantedBytes = 0;
    }
  }
}
