import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that every Java source is as google-java-format writes it, or rewrites those that are not.
 *
 * <p>Maven runs it in {@code verify}, from the root of the project: {@code Format.java
 * check|apply}.
 */
final class Format {
  private static final String REMEDY = "./mvnw -q -N verify -Dformat=apply";

  public static void main(String[] args) throws IOException {
    boolean apply =
        switch (args.length == 1 ? args[0] : "") {
          case "apply" -> true;
          case "check" -> false;
          default -> throw new IllegalArgumentException("-Dformat takes check or apply");
        };
    List<String> failures =
        sources().parallelStream().flatMap(source -> visit(source, apply).stream()).toList();
    if (!failures.isEmpty()) {
      failures.forEach(System.err::println);
      System.err.println("To format all sources: " + REMEDY);
      System.exit(1);
    }
  }

  /** Every Java file under the {@code src} folder of a module, and this one. */
  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>(List.of(Path.of(".mvn", "Format.java")));
    for (Path folder : List.of(Path.of(""), Path.of("app"))) {
      try (var modules = Files.newDirectoryStream(folder, Files::isDirectory)) {
        for (Path module : modules) {
          addSources(module.resolve("src"), sources);
        }
      }
    }
    return sources;
  }

  private static void addSources(Path folder, List<Path> sources) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.walk(folder)) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
      }
    }
  }

  /** Returns what is wrong with a source: nothing, or one line that names it. */
  private static List<String> visit(Path source, boolean apply) {
    try {
      String before = Files.readString(source);
      String after = formatted(before);
      if (after.equals(before)) {
        return List.of();
      }
      if (!apply) {
        return List.of(source + ": not formatted");
      }
      Files.writeString(source, after);
      System.out.println(source + ": formatted");
      return List.of();
    } catch (FormatterException e) {
      return e.diagnostics().stream().map(d -> source + ":" + d).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String formatted(String source) throws FormatterException {
    String imports = ImportOrderer.reorderImports(source, Style.GOOGLE);
    return new Formatter().formatSource(RemoveUnusedImports.removeUnusedImports(imports));
  }

  private Format() {}
}
