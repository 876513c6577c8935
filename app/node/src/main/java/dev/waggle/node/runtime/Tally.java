package dev.waggle.node.runtime;

/** How much the node thread has handled in a turn. */
final class Tally {
  private int count;
  private long bytes;
  private long sharedBytes;

  void add(Incoming handled) {
    count++;
    bytes += handled.bytes();
    sharedBytes += handled.sharedBytes();
  }

  void clear() {
    count = 0;
    bytes = 0;
    sharedBytes = 0;
  }

  int count() {
    return count;
  }

  long bytes() {
    return bytes;
  }

  long sharedBytes() {
    return sharedBytes;
  }
}
