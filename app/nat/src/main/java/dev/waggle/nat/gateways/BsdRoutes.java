package dev.waggle.nat.gateways;

import dev.waggle.ports.IpAddress;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Default routes out of {@code netstat -rn} of macOS and the BSDs, in whose lines the flags stand
 * between the router and the interface in various columns.
 */
final class BsdRoutes {
  private static final String COMMAND = "/usr/sbin/netstat";
  private static final String COMMAND_OF_BSD = "/usr/bin/netstat";

  private static final int MAX_BYTES = 256 * 1024;
  private static final long MAX_SECONDS = 3;

  private BsdRoutes() {}

  static List<DefaultRoute> read() throws IOException {
    return parse(print());
  }

  private static String print() throws IOException {
    String command = Files.isExecutable(Path.of(COMMAND)) ? COMMAND : COMMAND_OF_BSD;
    Process process =
        new ProcessBuilder(command, "-rn")
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    Thread limit =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                      process.destroyForcibly();
                    }
                  } catch (InterruptedException e) {
                    process.destroyForcibly();
                  }
                });
    try (InputStream out = process.getInputStream()) {
      return new String(out.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII);
    } finally {
      process.destroyForcibly();
      limit.interrupt();
    }
  }

  /** The default routes of such a print, in its order. */
  static List<DefaultRoute> parse(String print) {
    List<DefaultRoute> routes = new ArrayList<>();
    for (String line : print.lines().toList()) {
      String[] fields = line.strip().split("\\s+", -1);
      if (fields.length < 4 || !fields[0].equals("default")) {
        continue;
      }
      int zone = fields[1].indexOf('%');
      IpAddress router = IpAddress.ofLiteral(fields[1]);
      if (router == null || !fields[2].startsWith("UG")) {
        continue; // A link, not a router: a tunnel of a VPN.
      }
      routes.add(
          new DefaultRoute(
              router.toString(), zone < 0 ? network(fields) : fields[1].substring(zone + 1), 0));
    }
    return routes;
  }

  /** The first column behind the flags that is no number: some systems count uses before it. */
  private static String network(String[] fields) {
    for (int i = 3; i < fields.length; i++) {
      if (!Character.isDigit(fields[i].charAt(0)) && fields[i].length() > 1) {
        return fields[i];
      }
    }
    return fields[3];
  }
}
