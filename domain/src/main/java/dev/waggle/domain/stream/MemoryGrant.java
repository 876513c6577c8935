package dev.waggle.domain.stream;

/**
 * What one growing buffer of a link has been granted of the memory that all links share. Owned by
 * one thread.
 */
public final class MemoryGrant {
  private final AssemblyMemory memory;
  private long grantedBytes;

  /** Nothing granted. */
  public MemoryGrant(AssemblyMemory memory) {
    this.memory = memory;
  }

  /**
   * Sees to it that there may be a buffer of {@code length} bytes.
   *
   * @return false if there is no memory for it; what was granted before stays
   */
  public boolean covers(int length) {
    long missing = length - grantedBytes;
    if (missing <= 0) {
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
