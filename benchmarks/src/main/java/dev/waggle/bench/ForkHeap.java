package dev.waggle.bench;

/**
 * Options of a fork's JVM that give it its heap at once, for Waggle and for its peers alike.
 *
 * <p>A heap that grows makes the kernel clear new pages while the benchmark runs, for seconds where
 * messages are large. The heap is no larger than it must be, since each fork waits until all of it
 * was touched.
 */
final class ForkHeap {
  static final String LEAST = "-Xms512m";
  static final String MOST = "-Xmx512m";
  static final String TOUCHED = "-XX:+AlwaysPreTouch";

  private ForkHeap() {}
}
