package dev.waggle.ports.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A file system of a few megabytes, made for each test: for what a node does on a disk that is full
 * or read-only. Only root can mount one; elsewhere the test is skipped and says so.
 */
public final class SmallFileSystem implements BeforeEachCallback, AfterEachCallback {
  private final int megabytes;
  private Path root = Path.of("");
  private boolean mounted;

  private SmallFileSystem(int megabytes) {
    this.megabytes = megabytes;
  }

  public static SmallFileSystem ofMegabytes(int megabytes) {
    return new SmallFileSystem(megabytes);
  }

  @Override
  public void beforeEach(ExtensionContext test) throws Exception {
    root = Files.createTempDirectory("waggle-small");
    String size = "size=" + megabytes + "m";
    mounted = run("mount", "-t", "tmpfs", "-o", size, "tmpfs", root.toString());
    assumeTrue(mounted, "this machine lacks the right to mount a file system");
  }

  @Override
  public void afterEach(ExtensionContext test) throws Exception {
    if (mounted) {
      assertTrue(run("umount", root.toString()));
    }
    Files.delete(root);
  }

  /** Its only directory, empty when a test begins. */
  public Path root() {
    return root;
  }

  /** Takes all the room that is left, with a file. Whoever deletes that gives it back. */
  public void fill(Path ballast) throws IOException {
    try (OutputStream out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException e) {
      if (Files.size(ballast) == 0) {
        throw new FileSystemException(ballast.toString(), null, "took nothing: " + e.getMessage());
      }
    }
  }

  public void remountReadOnly() throws Exception {
    assertTrue(run("mount", "-o", "remount,ro", root.toString()));
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }
}
