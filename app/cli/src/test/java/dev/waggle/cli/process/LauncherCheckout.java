package dev.waggle.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;

/**
 * A checkout that is built already: the launcher, this build's jars, and sources older than they
 * are.
 */
public final class LauncherCheckout implements AutoCloseable {
  private final Path root;

  private LauncherCheckout(Path root) {
    this.root = root;
  }

  /** Makes one of an empty directory. */
  public static LauncherCheckout in(Path root) throws IOException {
    LauncherCheckout checkout = notBuiltIn(root);
    Files.createDirectories(checkout.distribution());
    Files.createSymbolicLink(checkout.lib(), WaggleProcess.lib());
    return checkout;
  }

  /** Makes one that has never been built. */
  static LauncherCheckout notBuiltIn(Path root) throws IOException {
    Files.copy(Path.of("..", "..", "waggle"), root.resolve("waggle"));
    makeOld(Files.createFile(root.resolve("pom.xml")));
    for (String module : List.of("domain", "app/cli", "benchmarks")) {
      makeOld(Files.createDirectories(root.resolve(module).resolve("src/main")));
      makeOld(Files.createFile(root.resolve(module).resolve("pom.xml")));
    }
    return new LauncherCheckout(root);
  }

  private static void makeOld(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
  }

  Path distribution() {
    return root.resolve("app/cli/target/waggle");
  }

  private Path lib() {
    return distribution().resolve("lib");
  }

  Path root() {
    return root;
  }

  /** Runs a command line in it, by this JDK. */
  WaggleProcess run(String commandLine) throws IOException {
    String jdk = System.getProperty("java.home");
    return WaggleProcess.shell(root, "export JAVA_HOME='" + jdk + "'; " + commandLine);
  }

  @Override
  public void close() throws IOException {
    if (Files.isSymbolicLink(lib())) {
      Files.delete(lib()); // JUnit would warn of a link that leads outside
    }
  }
}
