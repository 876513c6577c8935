package dev.waggle.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the project shows of itself is what its published results give. */
class ReadmeTest {
  private static final Path PROJECT = Path.of("..");
  private static final Path REPORT = PROJECT.resolve(Readme.REPORT);

  @Test
  void tableInTheReadme_isThatOfThePublishedResults() throws IOException {
    Path readme = PROJECT.resolve("README.md");
    Run run = ResultsFile.read(REPORT.resolve(ResultsFile.NAME));
    String text = Files.readString(readme);
    assertThat(text).isEqualTo(Readme.replaced(text, readme, run));
  }

  @Test
  void publishedResults_makeAPage() {
    Run run = ResultsFile.read(REPORT.resolve(ResultsFile.NAME));
    assertThat(new HtmlPage(run).html()).contains(run.day(), run.command());
  }

  @Test
  void publishedResults_nameNoFolderOfWhoMadeThem() throws IOException {
    assertThat(Files.readString(REPORT.resolve(ResultsFile.NAME)))
        .doesNotContain("/home/", "/Users/", "/root/", "jvmArgs");
  }
}
