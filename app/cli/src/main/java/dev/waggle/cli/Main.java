package dev.waggle.cli;

/** Where the process starts. */
public final class Main {
  public static void main(String[] args) {
    System.exit(WaggleCommand.execute(args));
  }

  private Main() {}
}
