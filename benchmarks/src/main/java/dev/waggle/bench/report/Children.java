package dev.waggle.bench.report;

/**
 * Leaves no process behind when this one is told to end, by Ctrl-C or otherwise: forks of JMH, and
 * nodes that those have started. Closed when nothing runs any more.
 */
final class Children implements AutoCloseable {
  /** A fork that was just about to start when the others ended is found the second time. */
  private static final int ROUNDS = 2;

  private final Thread hook;
  private volatile boolean ending;

  private Children(Runnable farewell) {
    hook =
        Thread.ofPlatform()
            .unstarted(
                () -> {
                  ending = true;
                  farewell.run();
                  end();
                });
  }

  /**
   * Watches for the end of this process.
   *
   * @param farewell what to say then
   */
  static Children watch(Runnable farewell) {
    Children children = new Children(farewell);
    Runtime.getRuntime().addShutdownHook(children.hook);
    return children;
  }

  /** Is it the end, so that what a fork says does not count any more? */
  boolean areEnding() {
    return ending;
  }

  private static void end() {
    for (int i = 0; i < ROUNDS; i++) {
      for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
        child.destroyForcibly();
        var _ = child.onExit().join();
      }
    }
  }

  @Override
  public void close() {
    if (!ending) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
