package dev.waggle.bench.report;

import dev.waggle.bench.machine.OthersMeter;
import dev.waggle.node.config.ConfigProblem;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code waggle bench}: the suite, what came of it, and what changed since. */
@Command(
    name = "waggle bench",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = {
      "Measures Waggle on this machine, beside its peers, and shows how its targets fare: a table"
          + " on stdout; results.json, ratios.md and index.html, a page with charts, in a folder.",
      "",
      "What cannot be measured here is shown as such, with the reason. The exit code is 0 even"
          + " where a target is missed, and 1 if nothing was measured, as on a busy machine."
    },
    footer = {
      "",
      "Examples:",
      "  ./waggle bench --quick                     the main targets, in less than 4 minutes",
      "  ./waggle bench                             everything, in about 30 minutes",
      "  ./waggle bench --only 'Link|Gossip'",
      "  ./waggle bench --compare old.json new.json",
      "  ./waggle bench --publish benchmarks/target/bench",
      "  ./waggle bench --costs costs.csv           in about 3 minutes",
      "  WAGGLE_CLASSPATH=mine.jar ./waggle bench --transport mine"
    })
final class BenchCommand implements Callable<Integer> {
  private static final int HELP_COLUMNS = 100;

  @Option(
      names = "--quick",
      description = "Only the main targets, in short iterations: less than 4 minutes.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "REGEX",
      description = "Only benchmarks whose Class.method matches somewhere.")
  private @Nullable String only;

  @Option(
      names = "--transport",
      paramLabel = "NAME",
      description =
          "Instead of the targets: a transport of your own beside Waggle's. Its jar is in"
              + " WAGGLE_CLASSPATH, as for a node.")
  private @Nullable String transport;

  @Option(
      names = "--codec",
      paramLabel = "NAME",
      description = "The same with a codec of your own; these options go together.")
  private @Nullable String codec;

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      description = "The same with a cipher suite of your own.")
  private @Nullable String suite;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the files go. Default: benchmarks/target/bench in the project's folder.")
  private @Nullable Path out;

  @Option(
      names = "--compare",
      arity = "2",
      paramLabel = "FILE",
      description =
          "Instead: name what changed beyond its error from the first results.json, the old one, to"
              + " the second. JMH's own JSON files will do, too.")
  private @Nullable List<Path> compare;

  @Option(
      names = "--publish",
      paramLabel = "PATH",
      description =
          "Instead: put a finished run, a folder or its results.json, into "
              + Readme.REPORT
              + ", and its table into README.md.")
  private @Nullable Path publish;

  @Option(
      names = "--costs",
      paramLabel = "FILE",
      description =
          "Instead: measure what work costs a node's processor, and write the table by which the"
              + " simulator charges for it.")
  private @Nullable Path costs;

  @Option(
      names = "--busy",
      description =
          "Measure even if other processes use the machine. What they disturb is not judged.")
  private boolean busy;

  @Option(names = "--json", description = "Print one JSON object on stdout instead of a table.")
  private boolean json;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  private final Home home;
  private final OthersMeter meter;

  private BenchCommand(Home home, OthersMeter meter) {
    this.home = home;
    this.meter = meter;
  }

  static CommandLine create() {
    return create(Home.find(), OthersMeter.ofThisMachine());
  }

  static CommandLine create(Home home, OthersMeter meter) {
    CommandLine command = new CommandLine(new BenchCommand(home, meter));
    command.getCommandSpec().usageMessage().width(HELP_COLUMNS);
    command
        .getCommandSpec()
        .addOption(
            CommandLine.Model.OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and exit.")
                .build());
    Failures failures = new Failures();
    return command
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  @Override
  public Integer call() throws InterruptedException {
    if (compare != null) {
      alone("--compare", publish != null || costs != null || busy);
      return compare(compare.getFirst(), compare.getLast());
    }
    if (publish != null) {
      alone("--publish", json || costs != null || busy);
      return publish(publish);
    }
    if (costs != null) {
      alone("--costs", json);
      return costs(costs);
    }
    OwnParts parts = OwnParts.ofNullable(transport, codec, suite);
    return run(parts == null ? only(quick ? Plan.quick() : Plan.full()) : plan(parts), parts);
  }

  private void alone(String option, boolean withAnother) {
    boolean withParts = transport != null || codec != null || suite != null;
    if (withAnother || withParts || quick || only != null || out != null) {
      throw new ParameterException(spec.commandLine(), option + " goes with no such option");
    }
  }

  private int compare(Path old, Path now) {
    ResultsFile.Half before = ResultsFile.readAny(old);
    ResultsFile.Half after = ResultsFile.readAny(now);
    Machine there = before.machine();
    Machine here = after.machine();
    boolean sameMachine = there == null || here == null || there.isLike(here);
    if (there != null && here != null && !sameMachine) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("waggle: the machines differ, which changes figures by itself:");
      err.println("  old: " + there.describe());
      err.println("  new: " + here.describe());
      err.flush();
    }
    Comparison comparison = new Comparison(before.measurements(), after.measurements());
    print(json ? ComparisonText.json(comparison, sameMachine) : ComparisonText.text(comparison));
    return ExitCode.OK;
  }

  private int publish(Path path) {
    Path file = Files.isDirectory(path) ? path.resolve(ResultsFile.NAME) : path;
    Run run = ResultsFile.read(file);
    if (run.ownParts() != null) {
      throw new BenchFailed(
          "--publish: " + file + " is about own parts, and not about the targets");
    }
    Path project = home.project();
    if (project == null) {
      throw new BenchFailed("--publish: found no README.md with benchmarks beside it here");
    }
    OutputFolder report = OutputFolder.at(project.resolve(Readme.REPORT));
    report.write(ResultsFile.NAME, ResultsFile.text(run));
    report.writePage(run);
    Readme.rewrite(project.resolve("README.md"), run);
    print("published in " + project.resolve(Readme.REPORT) + " and README.md");
    return ExitCode.OK;
  }

  private Plan plan(OwnParts parts) {
    if (quick) {
      throw new ParameterException(
          spec.commandLine(), parts.options() + ": goes without --quick, as it takes its own time");
    }
    try {
      parts.make();
    } catch (ConfigProblem e) {
      throw new ParameterException(
          spec.commandLine(),
          parts.options() + ": " + e.getMessage() + "; jars of yours belong in WAGGLE_CLASSPATH");
    }
    return only(parts.plan());
  }

  private Plan only(Plan plan) {
    if (only == null) {
      return plan;
    }
    Plan some;
    try {
      some = plan.only(Pattern.compile(only));
    } catch (PatternSyntaxException e) {
      throw new ParameterException(
          spec.commandLine(), "--only = '" + only + "': " + e.getDescription());
    }
    if (some.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "--only = '" + only + "': matches no benchmark of the " + plan.mode() + " run");
    }
    return some;
  }

  private int run(Plan plan, @Nullable OwnParts parts) throws InterruptedException {
    OutputFolder folder = OutputFolder.at(out == null ? home.defaultOut() : out);
    RunWriter writer = new RunWriter(plan, parts, command(parts), home, folder);
    Progress progress = progress(plan);
    Suite.Outcome outcome = measure(plan, folder, progress, writer::write);
    Run run = writer.write(outcome);
    print(json ? RatioJson.of(run) : new RatioTable(run).text());
    progress.line("");
    if (!outcome.failures().isEmpty()) {
      progress.line(
          outcome.failures().size() + " were not measured; " + folder.log() + " has the details");
    }
    progress.line("charts: " + folder.page());
    return ExitCode.OK;
  }

  private int costs(Path file) throws InterruptedException {
    if (Files.isDirectory(file)
        || !Files.isWritable(Objects.requireNonNull(file.toAbsolutePath().getParent()))) {
      throw new BenchFailed("--costs: no file can be written at " + file);
    }
    Plan plan = CostTable.plan();
    OutputFolder folder = OutputFolder.at(home.defaultOut());
    RunWriter writer = new RunWriter(plan, null, "./waggle bench --costs FILE", home, folder);
    Run run = writer.run(measure(plan, folder, progress(plan), _ -> {}));
    String table = new CostTable(run.results()).text(origin(run));
    try {
      Files.writeString(file, table);
    } catch (IOException e) {
      throw BenchFailed.writing(file, e);
    }
    print(table + "\nwritten to " + file);
    return ExitCode.OK;
  }

  private static List<String> origin(Run run) {
    String commit = run.commit() == null ? "" : ", commit " + run.commit();
    Disturbance disturbance = new Disturbance(run);
    return Stream.concat(
            Stream.of(
                "Measured by '" + run.command() + "' at " + run.date() + commit + ", on:",
                run.machine().describe()),
            disturbance.isAny() ? Stream.of(disturbance.describe()) : Stream.of())
        .toList();
  }

  private Progress progress(Plan plan) {
    return new Progress(spec.commandLine().getErr(), Progress.isTerminal(), plan, System::nanoTime);
  }

  /**
   * Runs a plan.
   *
   * @param keep gets what there is, after each benchmark
   * @throws BenchFailed if nothing could be measured, or others use the machine
   */
  private Suite.Outcome measure(
      Plan plan, OutputFolder folder, Progress progress, Consumer<Suite.Outcome> keep)
      throws InterruptedException {
    Load load = load(progress);
    Suite.Outcome outcome;
    PrintStream stdout = System.out;
    try (PrintStream log = folder.openLog();
        Children children =
            Children.watch(() -> progress.line("interrupted; JMH's log is " + folder.log()))) {
      progress.line(
          "%d measurements, about %s; JMH's log is %s"
              .formatted(plan.size(), Numbers.time(plan.duration()), folder.log()));
      System.setOut(log); // where JMH lets forks print; our stdout is for who reads the results
      outcome = new Suite(plan, new Jmh(log, meter), load, progress, children::areEnding).run(keep);
    } finally {
      System.setOut(stdout);
    }
    if (outcome.isEmpty()) {
      throw new BenchFailed(
          "nothing could be measured: "
              + outcome.failures().getFirst().why()
              + "; see "
              + folder.log());
    }
    return outcome;
  }

  private Load load(Progress progress) throws InterruptedException {
    Load load = Load.now(meter);
    if (load.others().disturb()) {
      if (!busy) {
        throw new BenchFailed(
            "the machine is busy: "
                + load.complaint()
                + ". End what runs beside, or measure anyway with --busy");
      }
      progress.line("the machine is busy: " + load.complaint());
    }
    return load;
  }

  /** How to repeat the run. */
  private String command(@Nullable OwnParts parts) {
    String options = System.getenv("WAGGLE_JAVA_OPTS");
    return (options == null || options.isBlank() ? "" : "WAGGLE_JAVA_OPTS='" + options + "' ")
        + "./waggle bench"
        + (quick ? " --quick" : "")
        + (parts == null ? "" : " " + parts.options())
        + (only == null ? "" : " --only '" + only + "'")
        + (busy ? " --busy" : "");
  }

  private void print(String text) {
    PrintWriter stdout = spec.commandLine().getOut();
    stdout.println(text);
    stdout.flush();
    // Either may be who has seen it fail.
    if (stdout.checkError() || System.out.checkError()) {
      throw new BenchFailed("cannot write to standard output");
    }
  }
}
