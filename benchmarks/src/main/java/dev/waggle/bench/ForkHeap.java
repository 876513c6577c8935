package dev.waggle.bench;

/**
 * Options of a fork's JVM that give it its heap at once, for Waggle and for its peers alike.
 *
 * <p>A heap that grows makes the kernel clear new pages while the benchmark runs, for seconds where
 * messages are large. Two nodes that gossip fill a third of this one with their caches.
 */
final class ForkHeap {
  static final String LEAST = "-Xms1g";
  static final String MOST = "-Xmx1g";
  static final String TOUCHED = "-XX:+AlwaysPreTouch";

  private ForkHeap() {}
}
