import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has ProVerif prove the properties of the protocol's model, and break its mutants, and prints what
 * came out as a table.
 *
 * <p>{@code Prove.java FOLDER [NAME...]} writes what ProVerif reads to FOLDER, from where each run
 * can be repeated by hand, and runs all, or only the files and mutants of these names. It exits
 * with 1 if anything is other than expected, and with 2 if there is no ProVerif.
 */
final class Prove {
  private static final Path MODEL = Path.of("src", "proof");

  /** No run takes more than some seconds; who has not ended by then will not end. */
  private static final long TIMEOUT_SECONDS = 300;

  private static final Pattern LIBRARIES = Pattern.compile("\\(\\* With: ([a-z ]+) \\*\\)");
  private static final Pattern CLAIM =
      Pattern.compile("\\(\\* (property|reachable) ([a-z-]+):.*?\\*\\)", Pattern.DOTALL);
  private static final Pattern VERDICT =
      Pattern.compile("^(?:Query|Observational).* (is true|is false|cannot be proved).*");
  private static final String ROW = "%-32s %-30s %-11s %-11s %8s%n";

  /** What is claimed of a file's process: by a query, or by none, then as an equivalence. */
  private record Claim(String kind, String name, String query) {
    boolean isEquivalence() {
      return query.isEmpty();
    }

    /** A point of the protocol is reachable if ProVerif refutes that it is not. */
    String expected() {
      return kind.equals("property") ? "holds" : "reached";
    }

    String result(String verdict) {
      return switch (verdict) {
        case "is true" -> kind.equals("property") ? "holds" : "unreachable";
        case "is false" -> kind.equals("property") ? "falls" : "reached";
        default -> "unknown";
      };
    }
  }

  /**
   * One file of claims.
   *
   * @param head what stands before its queries
   * @param variables what stands before the first claim, in the query
   * @param process what stands behind the claims
   */
  private record Model(
      String name,
      List<String> libraries,
      String head,
      String variables,
      List<Claim> claims,
      String process) {

    static Model read(Path file) throws IOException {
      String text = Files.readString(file);
      Matcher libraries = LIBRARIES.matcher(text);
      int query = text.indexOf("\nquery ") + 1;
      int process = text.indexOf("\nprocess\n") + 1;
      process = process == 0 ? text.indexOf("\nprocess ") + 1 : process;
      Matcher claim = CLAIM.matcher(text).region(query, process);
      if (!libraries.find() || query == 0 || process == 0 || !claim.find()) {
        throw new IllegalStateException(file + ": libraries, query, claims or process missing");
      }
      String variables = text.substring(query, claim.start());
      List<Claim> claims = new ArrayList<>();
      boolean more = true;
      while (more) {
        String kind = claim.group(1);
        String name = claim.group(2);
        int start = claim.end();
        more = claim.find();
        String body = text.substring(start, more ? claim.start() : process).strip();
        claims.add(new Claim(kind, name, body.replaceFirst("[;.]$", "")));
      }
      return new Model(
          file.getFileName().toString().replace(".pv", ""),
          List.of(libraries.group(1).split(" ")),
          text.substring(0, query),
          variables,
          claims,
          text.substring(process));
    }

    /** The text that ProVerif reads, for claims that are all queries or one equivalence. */
    String text(String library, List<Claim> chosen) {
      if (chosen.get(0).isEquivalence()) {
        return library + head + process;
      }
      return chosen.stream()
              .map(Claim::query)
              .collect(Collectors.joining(";\n", library + head + variables, ".\n\n"))
          + process.replaceAll("choice\\[([^,\\]]+),[^\\]]+\\]", "$1");
    }
  }

  /** The libraries with something changed, and what does not hold then. */
  private record Mutant(String name, Set<String> falls, Map<String, String> changes) {
    static List<Mutant> read(Path file) throws IOException {
      List<Mutant> mutants = new ArrayList<>();
      for (String paragraph : Files.readString(file).split("\n(?=mutant )")) {
        if (paragraph.startsWith("mutant ")) {
          mutants.add(parse(paragraph.lines().toList()));
        }
      }
      return mutants;
    }

    private static Mutant parse(List<String> lines) {
      Set<String> falls = Set.of();
      Map<String, String> changes = new LinkedHashMap<>();
      String from = "";
      for (String line : lines) {
        if (line.startsWith("falls ")) {
          falls = Set.of(line.substring(6).split(" "));
        } else if (line.startsWith("- ")) {
          from = line.substring(2);
          changes.put(from, "");
        } else if (line.startsWith("+ ")) {
          changes.put(from, line.substring(2));
        }
      }
      return new Mutant(lines.get(0).substring("mutant ".length()), falls, changes);
    }

    /** Makes all changes; each must find its place. */
    String applied(String library) {
      String changed = library;
      for (Map.Entry<String, String> change : changes.entrySet()) {
        if (!changed.contains(change.getKey())) {
          throw new IllegalStateException(name + ": not in the model: " + change.getKey());
        }
        changed = changed.replace(change.getKey(), change.getValue());
      }
      return changed;
    }
  }

  private final Path folder;
  private boolean asExpected = true;

  private Prove(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    if (!isInstalled()) {
      System.err.println(
          """
          There is no "proverif" on the PATH. ProVerif 2.04 is needed; a later one may do:
          "opam install proverif", or https://bblanche.gitlabpages.inria.fr/proverif/, whose source
          builds by "./build -nointeract" with Debian's packages ocaml-nox and ocaml-findlib.""");
      System.exit(2);
    }
    Prove prove = new Prove(Files.createDirectories(Path.of(args[0])));
    prove.all(List.of(args).subList(1, args.length));
    if (!prove.asExpected) {
      System.err.println("Not all is as expected. What ProVerif read and said is in " + args[0]);
      System.exit(1);
    }
  }

  private static boolean isInstalled() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "proverif")));
  }

  private void all(List<String> names) throws IOException, InterruptedException {
    List<Model> models = new ArrayList<>();
    try (var files = Files.newDirectoryStream(MODEL, "*.pv")) {
      for (Path file : files) {
        models.add(Model.read(file));
      }
    }
    models.sort(Comparator.comparing(Model::name));
    System.out.printf(ROW, "property", "model", "expected", "result", "seconds");
    for (Model model : models) {
      if (names.isEmpty() || names.contains(model.name())) {
        run(model, model.name(), library(model), model.claims(), Claim::expected);
      }
    }
    for (Mutant mutant : Mutant.read(MODEL.resolve("mutants.txt"))) {
      if (names.isEmpty() || names.contains(mutant.name())) {
        runMutant(mutant, models);
      }
    }
  }

  private void runMutant(Mutant mutant, List<Model> models)
      throws IOException, InterruptedException {
    int run = 0;
    for (Model model : models) {
      List<Claim> falling =
          model.claims().stream().filter(claim -> mutant.falls().contains(claim.name())).toList();
      if (!falling.isEmpty()) {
        run(model, mutant.name(), mutant.applied(library(model)), falling, claim -> "falls");
        run += falling.size();
      }
    }
    if (run == 0 || run != mutant.falls().size()) {
      throw new IllegalStateException(mutant.name() + " names what is no property");
    }
  }

  private static String library(Model model) throws IOException {
    StringBuilder library = new StringBuilder();
    for (String name : model.libraries()) {
      library.append(Files.readString(MODEL.resolve(name + ".pvl"))).append('\n');
    }
    return library.toString();
  }

  /**
   * Has ProVerif look at claims: at all queries in one run, at an equivalence in one of its own.
   */
  private void run(
      Model model,
      String label,
      String library,
      List<Claim> claims,
      Function<Claim, String> expected)
      throws IOException, InterruptedException {
    List<Claim> queries = claims.stream().filter(claim -> !claim.isEquivalence()).toList();
    List<List<Claim>> runs = new ArrayList<>(queries.isEmpty() ? List.of() : List.of(queries));
    claims.stream().filter(Claim::isEquivalence).map(List::of).forEach(runs::add);
    for (List<Claim> run : runs) {
      String file = label + "." + (run == queries ? model.name() : run.get(0).name());
      long start = System.nanoTime();
      List<String> verdicts = proVerif(file, model.text(library, run));
      String seconds = String.format("%.1f", (System.nanoTime() - start) / 1e9);
      for (int i = 0; i < run.size(); i++) {
        Claim claim = run.get(i);
        String result = i < verdicts.size() ? claim.result(verdicts.get(i)) : "no answer";
        asExpected &= result.equals(expected.apply(claim));
        System.out.printf(
            ROW, claim.name(), label, expected.apply(claim), result, i == 0 ? seconds : "");
      }
    }
  }

  /** Returns ProVerif's verdicts in the order of the queries; none if it fails or does not end. */
  private List<String> proVerif(String name, String text) throws IOException, InterruptedException {
    Path input = Files.writeString(folder.resolve(name + ".pv"), text);
    Path output = folder.resolve(name + ".out");
    Process process =
        new ProcessBuilder("proverif", input.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return List.of();
    }
    String said = Files.readString(output);
    int summary = said.indexOf("Verification summary:");
    if (process.exitValue() != 0 || summary < 0) {
      return List.of();
    }
    boolean isTraced = said.contains("A trace has been found.");
    return said.substring(summary)
        .lines()
        .map(VERDICT::matcher)
        .filter(Matcher::find)
        // Of an equivalence ProVerif does not say that it is false, even if it has an attack.
        .map(found -> isTraced && found.group().startsWith("Obs") ? "is false" : found.group(1))
        .toList();
  }
}
