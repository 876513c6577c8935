package dev.waggle.cli.nat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a machine needs for a {@link Lab}. */
final class Requirements {
  private static final String BACKEND = "nftables";

  private Requirements() {}

  /** Fails with all that is missing: a lab that is asked for is never skipped. */
  static void demand() throws IOException, InterruptedException {
    assertThat(missing()).as("what the lab of NATs lacks on this machine").isEmpty();
  }

  /** In words, with what to install or do. */
  static List<String> missing() throws IOException, InterruptedException {
    List<String> missing = new ArrayList<>();
    if (!System.getProperty("os.name").equals("Linux")) {
      return List.of("Linux, for its network namespaces");
    }
    if (!sh("id -u").output().strip().equals("0")) {
      missing.add("root: run it as root, or in a container with --privileged");
    }
    if (!has("ip")) {
      missing.add("the command ip: apt-get install iproute2");
    }
    if (!has("nft")) {
      missing.add("the command nft: apt-get install nftables");
    }
    if (!has("miniupnpd") || !sh("miniupnpd --version").output().contains(BACKEND)) {
      missing.add("miniupnpd for nftables: apt-get install miniupnpd-nftables");
    }
    if (missing.isEmpty()) {
      addWhatTheKernelRefuses(missing);
    }
    return missing;
  }

  private static boolean has(String command) throws IOException, InterruptedException {
    return sh("command -v " + command).exitCode() == 0;
  }

  private static Commands.Result sh(String script) throws IOException, InterruptedException {
    return Commands.attempt(List.of("sh", "-c", script), "");
  }

  /** Containers may be root, and yet not be let do this. */
  private static void addWhatTheKernelRefuses(List<String> missing)
      throws IOException, InterruptedException {
    Namespace trial = new Namespace(Leftovers.prefix() + "trial");
    try {
      new Wiring().namespace(trial).forwards(trial).lay();
      String rules = RouterRules.of(NatKind.RESTRICTED, "9.0.0.2", "192.168.1.2", RouterRules.HOME);
      trial.run(rules, "nft", "-f", "-");
    } catch (IOException e) {
      missing.add("a kernel that lets this user make namespaces with NAT: " + e.getMessage());
    } finally {
      Leftovers.remove(trial.name());
    }
  }
}
