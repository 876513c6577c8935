package dev.waggle.ports.testkit.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds all file descriptors that its process may have, so that there is none for a socket. To be
 * used in a process of its own, since nothing else in it can go on meanwhile. Owned by one thread.
 */
public final class FileHog {
  /** Enough for a JVM and its jars, and few enough to use them all up at once. */
  private static final int LIMIT = 256;

  /** Sets the limit, and becomes the JVM. */
  private static final Path SHELL = Path.of("/bin/sh");

  private final Deque<InputStream> hogs = new ArrayDeque<>();

  /** Whether this machine has what {@link #process} needs. */
  public static boolean isPossible() {
    return Files.isExecutable(SHELL);
  }

  /** Runs {@code main} in a JVM that may open few files; returns what it has printed. */
  public static String process(Class<?> main, String argument)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                SHELL.toString(),
                "-c",
                "ulimit -n " + LIMIT + " && exec \"$0\" \"$@\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  /** To load a class takes a file descriptor, where classes do not lie in a jar that is open. */
  public static void loadAllClasses() throws IOException, ClassNotFoundException {
    ClassLoader loader = FileHog.class.getClassLoader();
    for (String entry : System.getProperty("java.class.path").split(":", -1)) {
      Path root = Path.of(entry);
      if (!entry.isEmpty() && Files.isDirectory(root)) {
        for (String name : classes(root)) {
          Class.forName(name, false, loader);
        }
      }
    }
    loader.getResources("to open every jar").hasMoreElements();
    System.getLogger("files").log(System.Logger.Level.INFO, "to load what loggers need");
  }

  private static List<String> classes(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .map(file -> root.relativize(file).toString())
          .filter(file -> file.endsWith(".class"))
          .map(file -> file.replace('/', '.').substring(0, file.length() - ".class".length()))
          .toList();
    }
  }

  public void takeAll() {
    try {
      while (true) {
        hogs.add(new FileInputStream("/dev/null"));
      }
    } catch (IOException noMore) {
      assertThat(hogs).as("files opened until: %s", noMore.getMessage()).isNotEmpty();
    }
  }

  public void giveOneBack() throws IOException {
    hogs.remove().close();
  }

  public void giveAllBack() throws IOException {
    for (InputStream hog : hogs) {
      hog.close();
    }
    hogs.clear();
  }
}
