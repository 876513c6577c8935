package dev.waggle.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A repository of Maven's that has our artifacts, as installing leaves them, and nothing else. */
final class InstalledJars {
  private static final Path ROOT = Path.of("..", "..");

  private final Path repository;
  private final String version;

  private InstalledJars(Path repository, String version) {
    this.repository = repository;
    this.version = version;
  }

  /** Installs this build's artifacts. */
  static InstalledJars in(Path repository) throws IOException {
    String version = Poms.version(Files.readString(ROOT.resolve("pom.xml")));
    InstalledJars installed = new InstalledJars(repository, version);
    for (Path pom : poms()) {
      installed.add(pom, Poms.artifact(Files.readString(pom)), ".pom");
    }
    String end = "-" + version + ".jar";
    for (Path jar : files(WaggleProcess.lib())) {
      String name = jar.getFileName().toString();
      if (name.startsWith("waggle") && name.endsWith(end)) {
        installed.add(jar, name.substring(0, name.length() - end.length()), ".jar");
      }
    }
    return installed;
  }

  private void add(Path file, String artifact, String type) throws IOException {
    Path folder = repository.resolve("dev/waggle").resolve(artifact).resolve(version);
    Files.createDirectories(folder);
    Files.copy(file, folder.resolve(artifact + "-" + version + type));
  }

  private static List<Path> poms() throws IOException {
    return Stream.of(ROOT, ROOT.resolve("app"))
        .flatMap(InstalledJars::modules)
        .map(module -> module.resolve("pom.xml"))
        .filter(Files::exists)
        .toList();
  }

  private static Stream<Path> modules(Path folder) {
    try {
      return Stream.concat(Stream.of(folder), files(folder).stream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
