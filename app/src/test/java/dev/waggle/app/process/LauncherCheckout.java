package dev.waggle.app.process;

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
    Files.copy(Path.of("..", "waggle"), root.resolve("waggle"));
    Path sources = Files.createDirectories(root.resolve("app/src/main"));
    Path parent = Files.createFile(root.resolve("pom.xml"));
    Path module = Files.createFile(root.resolve("app/pom.xml"));
    for (Path old : List.of(sources, parent, module)) {
      Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH));
    }
    LauncherCheckout checkout = new LauncherCheckout(root);
    Files.createDirectories(checkout.distribution());
    Files.createSymbolicLink(checkout.lib(), WaggleProcess.lib());
    return checkout;
  }

  Path distribution() {
    return root.resolve("app/target/waggle");
  }

  private Path lib() {
    return distribution().resolve("lib");
  }

  /** Runs a command line in it, by this JDK. */
  WaggleProcess run(String commandLine) throws IOException {
    String jdk = System.getProperty("java.home");
    return WaggleProcess.shell(root, "export JAVA_HOME='" + jdk + "'; " + commandLine);
  }

  @Override
  public void close() throws IOException {
    Files.delete(lib()); // JUnit would warn of a link that leads outside
  }
}
