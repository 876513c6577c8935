package dev.waggle.bench.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.util.ListStatistics;

/**
 * What the {@code openssl} on the PATH makes of AES-256-GCM, on one thread: the yardstick of the
 * send path.
 *
 * @param version as it names itself; null if there is none
 * @param bytesPerSecond a figure for each time it was asked
 * @param problem why there are no figures, or null
 */
record OpenSsl(@Nullable String version, List<Double> bytesPerSecond, @Nullable String problem) {
  static final String COMMAND = "openssl speed -seconds 1 -evp aes-256-gcm -bytes 16384";

  /** Of three, the interval would be wider than the figure. */
  private static final int TIMES = 6;

  private static final double CONFIDENCE = 0.999;

  /** A line for machines: {@code +F:25:AES-256-GCM:3946059093.33}. */
  private static final Pattern FIGURE = Pattern.compile("^\\+F:\\d+:[^:]*:([0-9.]+)$");

  static OpenSsl measure() throws InterruptedException {
    String version = null;
    List<Double> figures = new ArrayList<>();
    try {
      version = Processes.output("openssl", "version").lines().findFirst().orElse("openssl");
      List<String> speed = new ArrayList<>(List.of(COMMAND.split(" ")));
      speed.add("-mr");
      for (int i = 0; i < TIMES; i++) {
        figures.add(figure(Processes.output(speed.toArray(String[]::new))));
      }
      return new OpenSsl(version, figures, null);
    } catch (IOException e) {
      return new OpenSsl(version, figures, version == null ? "no openssl here" : e.getMessage());
    }
  }

  static double figure(String output) throws IOException {
    return output
        .lines()
        .map(FIGURE::matcher)
        .filter(Matcher::matches)
        .map(line -> Double.parseDouble(line.group(1)))
        .findFirst()
        .orElseThrow(() -> new IOException("openssl speed printed no figure"));
  }

  /** The mean, its error reckoned as JMH reckons its own; null if there are no figures. */
  @Nullable Score mean() {
    if (bytesPerSecond.isEmpty()) {
      return null;
    }
    ListStatistics statistics = new ListStatistics();
    bytesPerSecond.forEach(statistics::addValue);
    return new Score(
        statistics.getMean(), statistics.getMeanErrorAt(CONFIDENCE), Units.BYTES_PER_SECOND);
  }
}
