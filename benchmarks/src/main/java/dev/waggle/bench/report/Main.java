package dev.waggle.bench.report;

/** Where {@code ./waggle bench} starts. */
public final class Main {
  public static void main(String[] args) {
    System.exit(BenchCommand.create().execute(args));
  }

  private Main() {}
}
