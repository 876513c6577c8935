package dev.waggle.app;

import dev.waggle.app.cli.WaggleCommand;

/** Where the process starts. */
public final class Main {
  public static void main(String[] args) {
    System.exit(WaggleCommand.execute(args));
  }

  private Main() {}
}
