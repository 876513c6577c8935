package dev.waggle.domain.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** PROTOCOL §12 lists what the model in {@code src/proof} claims, and nothing else. */
final class ProofTableTest {
  private static final Path MODEL = Path.of("src", "proof");
  private static final Pattern CLAIM = Pattern.compile("\\(\\* (?:property|reachable) ([a-z-]+):");
  private static final Pattern MUTANT =
      Pattern.compile("(?s)\nmutant ([a-z-]+)\n.*?\nfalls ([a-z -]+)\n");
  private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

  @Test
  void table_listsEveryClaimAndEveryMutantWithWhatFalls() throws IOException {
    assertThat(listed()).containsExactlyInAnyOrderElementsOf(known()).hasSizeGreaterThan(50);
  }

  /** The names in each row of §12: a claim alone, or a mutant and what falls. */
  private static List<List<String>> listed() throws IOException {
    String protocol = Files.readString(Path.of("PROTOCOL.md"));
    int start = protocol.indexOf("\n## 12 ") + 1;
    int end = protocol.indexOf("\n## ", start);
    return protocol
        .substring(start, end)
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(row -> all(NAME, row).map(name -> name.group(1)).toList())
        .toList();
  }

  private static List<List<String>> known() throws IOException {
    List<List<String>> known = new ArrayList<>();
    try (var files = Files.newDirectoryStream(MODEL, "*.pv")) {
      for (Path file : files) {
        all(CLAIM, Files.readString(file)).forEach(claim -> known.add(List.of(claim.group(1))));
      }
    }
    all(MUTANT, Files.readString(MODEL.resolve("mutants.txt")))
        .forEach(mutant -> known.add(mutantAndFalls(mutant)));
    return known;
  }

  private static List<String> mutantAndFalls(MatchResult mutant) {
    List<String> names = new ArrayList<>(List.of(mutant.group(1)));
    names.addAll(Arrays.asList(mutant.group(2).split(" ")));
    return names;
  }

  private static Stream<MatchResult> all(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }
}
