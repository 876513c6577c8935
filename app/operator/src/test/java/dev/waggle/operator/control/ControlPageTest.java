package dev.waggle.operator.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page for people says what the methods say. */
class ControlPageTest {
  private static final Path PAGE = Path.of("README.md");

  @Test
  void theTableOfMethods_isTheirs() throws IOException {
    List<String> rows =
        Files.readString(PAGE)
            .lines()
            .dropWhile(line -> !line.startsWith("| method |"))
            .skip(2)
            .takeWhile(line -> line.startsWith("|"))
            .toList();
    assertThat(rows).containsExactlyElementsOf(expected());
  }

  private static List<String> expected() {
    return new RpcMethods(new FakeNode(), Patience.DEFAULT)
        .all().stream().map(ControlPageTest::row).toList();
  }

  private static String row(RpcMethod method) {
    String params =
        method.params().stream()
            .map(
                param ->
                    "`"
                        + param.name()
                        + "`"
                        + (param.required() ? "" : " (optional)")
                        + ": "
                        + param.meaning())
            .collect(Collectors.joining("; "));
    return "| `" + method.name() + "` | " + params + " | " + method.meaning() + " |";
  }
}
