package dev.waggle.bench.report;

import dev.waggle.bench.report.Suite.Outcome;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Turns what a suite has measured into files, again and again as it goes on. */
final class RunWriter {
  private final Plan plan;
  private final String command;
  private final @Nullable String commit;
  private final Machine machine = Machine.here();
  private final OutputFolder folder;
  private final @Nullable OwnParts ownParts;

  RunWriter(Plan plan, @Nullable OwnParts ownParts, String command, Home home, OutputFolder folder)
      throws InterruptedException {
    this.plan = plan;
    this.ownParts = ownParts;
    this.command = command;
    this.commit = home.commit();
    this.folder = folder;
  }

  Run write(Outcome outcome) {
    Run run = run(outcome);
    folder.write(run);
    return run;
  }

  /** The run so far, without writing it. */
  Run run(Outcome outcome) {
    return new Run(
        Run.SCHEMA,
        OffsetDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS).toString(),
        plan.mode(),
        outcome.complete(),
        command,
        commit,
        machine,
        outcome.load(),
        outcome.openSsl(),
        plan.groups(),
        ownParts,
        outcome.failures(),
        outcome.benchmarks());
  }
}
