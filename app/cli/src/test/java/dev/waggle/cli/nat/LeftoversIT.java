package dev.waggle.cli.nat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("nat")
class LeftoversIT {
  @TempDir Path dir;

  @BeforeAll
  static void machineHasAll() throws Exception {
    Requirements.demand();
  }

  @Test
  void lab_removesAllThatItMade_andWhatRanInThere() throws Exception {
    Process sleeper;
    try (Lab lab = Lab.open(dir)) {
      Host host = lab.host(NatKind.DOUBLE);
      sleeper = sleepIn(host.namespace());
      assertThat(ours()).hasSize(4);
    }
    assertThat(sleeper.waitFor()).isNotZero();
    assertThat(ours()).isEmpty();
  }

  /** Number 1 has started long ago, and so has not made this. */
  @Test
  void lab_removesWhatOneHasLeft_whoseProcessIsNoMore_andNothingElse() throws Exception {
    Namespace left = new Namespace("waggle-nat-1-42-1-internet");
    Namespace others = new Namespace("not-" + left.name());
    try {
      new Wiring().namespace(left).namespace(others).lay();
      Process sleeper = sleepIn(left);
      try (Lab lab = Lab.open(dir);
          Lab second = Lab.open(dir)) {
        assertThat(Leftovers.names()).contains(others.name()).doesNotContain(left.name());
        assertThat(ours()).as("%s, %s", lab, second).hasSize(2);
        assertThat(sleeper.waitFor()).isNotZero();
      }
    } finally {
      Leftovers.remove(left.name());
      Leftovers.remove(others.name());
    }
  }

  /** It is in there as soon as it says something. */
  private static Process sleepIn(Namespace namespace) throws Exception {
    Process sleeper =
        new ProcessBuilder(namespace.command(List.of("sh", "-c", "echo here; exec sleep 1000")))
            .start();
    assertThat(sleeper.inputReader().readLine()).isEqualTo("here");
    return sleeper;
  }

  private static List<String> ours() throws Exception {
    return Leftovers.names().stream().filter(name -> name.startsWith(Leftovers.prefix())).toList();
  }
}
