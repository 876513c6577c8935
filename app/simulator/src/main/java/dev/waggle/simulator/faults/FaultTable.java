package dev.waggle.simulator.faults;

import dev.waggle.simulator.faults.Fault.ClockSkew;
import dev.waggle.simulator.faults.Fault.Crash;
import dev.waggle.simulator.faults.Fault.Lying;
import dev.waggle.simulator.faults.Fault.Partition;
import dev.waggle.simulator.faults.Fault.PowerLoss;
import dev.waggle.simulator.faults.Fault.Resets;
import dev.waggle.simulator.faults.Fault.SlowLine;
import dev.waggle.simulator.faults.Fault.SlowProcessor;
import dev.waggle.simulator.faults.Fault.Stall;
import dev.waggle.simulator.table.Row;
import dev.waggle.simulator.table.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Faults as lines of a {@linkplain Table table}: what, from which second, for how many, which nodes
 * (numbers with spaces between them, or a part as {@code 10%}), and how.
 */
final class FaultTable {
  static final List<String> COLUMNS = List.of("fault", "from", "lasts", "who", "how");

  private static final String NOTHING = "-";
  private static final String LOSES_DISK = "loses disk";
  private static final String KEEPS_DISK = "keeps disk";

  /** More seconds than anybody simulates: a hundred days. */
  private static final double MAX_SECONDS = 100 * 86_400.0;

  private static final double MAX_NODE = 1e9;
  private static final double MAX_SLOWNESS = 1e6;
  private static final double MAX_BYTES_PER_SECOND = 1e12;

  private FaultTable() {}

  // ---- writing

  static String line(Fault fault) {
    return String.join(
        ", ",
        kind(fault),
        seconds(fault.from()),
        seconds(fault.lasts()),
        fault.who().text(),
        manner(fault));
  }

  static String kind(Fault fault) {
    return switch (fault) {
      case Crash _ -> "crash";
      case PowerLoss _ -> "power loss";
      case Stall _ -> "stall";
      case SlowProcessor _ -> "slow processor";
      case ClockSkew _ -> "clock skew";
      case SlowLine _ -> "slow line";
      case Partition _ -> "partition";
      case Resets _ -> "resets";
      case Lying _ -> "lying";
    };
  }

  static String manner(Fault fault) {
    return switch (fault) {
      case Crash crash -> disk(crash.losesDisk());
      case PowerLoss loss -> disk(loss.losesDisk());
      case SlowProcessor slow -> Double.toString(slow.times());
      case ClockSkew skew -> seconds(skew.ahead());
      case SlowLine slow -> Long.toString(slow.bytesPerSecond());
      case Lying lying -> lying.how().title();
      case Stall _, Partition _, Resets _ -> NOTHING;
    };
  }

  private static String disk(boolean loses) {
    return loses ? LOSES_DISK : KEEPS_DISK;
  }

  private static String seconds(Duration duration) {
    return Double.toString(duration.toMillis() / 1e3);
  }

  // ---- reading

  static List<Fault> read(Table table) {
    table.requireColumns(COLUMNS);
    return table.rows().stream().map(FaultTable::read).toList();
  }

  private static Fault read(Row row) {
    Duration from = seconds(row, 1, 0);
    Duration lasts = seconds(row, 2, 0);
    Nodes who = nodes(row);
    return switch (row.text(0)) {
      case "crash" -> new Crash(from, lasts, who, losesDisk(row));
      case "power loss" -> new PowerLoss(from, lasts, who, losesDisk(row));
      case "stall" -> new Stall(from, lasts, who);
      case "slow processor" -> new SlowProcessor(from, lasts, who, how(row, 1, MAX_SLOWNESS));
      case "clock skew" -> new ClockSkew(from, lasts, who, seconds(row, 4, -MAX_SECONDS));
      case "slow line" -> new SlowLine(from, lasts, who, (long) how(row, 1, MAX_BYTES_PER_SECOND));
      case "partition" -> new Partition(from, lasts, who);
      case "resets" -> new Resets(from, who);
      case "lying" -> new Lying(from, lasts, who, lie(row));
      default ->
          throw row.problem(
              "there is no fault '"
                  + row.text(0)
                  + "'; write crash, power loss, stall, slow processor, clock skew, slow line,"
                  + " partition, resets or lying");
    };
  }

  private static Duration seconds(Row row, int column, double least) {
    double seconds = row.number(column, COLUMNS.get(column), least, MAX_SECONDS);
    return Duration.ofMillis(Math.round(seconds * 1e3));
  }

  private static double how(Row row, double least, double most) {
    return row.number(4, COLUMNS.get(4), least, most);
  }

  private static boolean losesDisk(Row row) {
    return switch (row.text(4)) {
      case LOSES_DISK -> true;
      case KEEPS_DISK -> false;
      default ->
          throw row.problem(
              "how is '" + row.text(4) + "'; write '" + KEEPS_DISK + "' or '" + LOSES_DISK + "'");
    };
  }

  private static Lie lie(Row row) {
    return Arrays.stream(Lie.values())
        .filter(lie -> lie.title().equals(row.text(4)))
        .findAny()
        .orElseThrow(
            () ->
                row.problem(
                    Arrays.stream(Lie.values())
                        .map(Lie::title)
                        .collect(
                            Collectors.joining(
                                ", ", "how is '" + row.text(4) + "'; write one of: ", ""))));
  }

  private static Nodes nodes(Row row) {
    String text = row.text(3);
    if (text.endsWith("%")) {
      Row percent = new Row(row.where(), List.of(text.substring(0, text.length() - 1)));
      return new Nodes.Share(percent.number(0, "who", 0, 100));
    }
    List<Integer> numbers = new ArrayList<>();
    Row words = new Row(row.where(), Arrays.asList(text.split(" +")));
    for (int word = 0; word < words.size(); word++) {
      double number = words.number(word, "who", 0, MAX_NODE);
      if (number != Math.rint(number)) {
        throw row.problem("who is '" + text + "'; nodes have whole numbers, counted from 0");
      }
      numbers.add((int) number);
    }
    return new Nodes.Numbered(numbers);
  }
}
