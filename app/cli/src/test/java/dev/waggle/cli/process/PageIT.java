package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that serve a page, up to what a browser asks first. */
class PageIT {
  /** Ended by SIGTERM, without a word of its own: 128 and the number of the signal. */
  private static final int TERMINATED = 143;

  @Test
  void aDevnetThatIsShown_saysWhere_andGoesOnWhenAllIsDone() throws Exception {
    try (WaggleProcess devnet =
        WaggleProcess.start("devnet", "--nodes", "2", "--blocks", "1", "--ui")) {
      String url = url(devnet, "page: ");
      devnet.stdout().await("its end", line -> line.startsWith("the nodes go on until Ctrl-C"));
      assertThat(get(url + "session"))
          .contains("\"title\":\"Devnet of 2 nodes\"", "\"event\":\"block\"");
      devnet.terminate();
      assertThat(devnet.awaitExit()).isEqualTo(TERMINATED);
    }
  }

  @Test
  void aNode_saysWhereItsPageIs(@TempDir Path data) throws Exception {
    try (WaggleProcess node =
        WaggleProcess.start(
            "run", "--p2p-addr", "127.0.0.1:0", "--data-dir", data.toString(), "--ui-addr", "0")) {
      assertThat(get(url(node, "page     ") + "about")).contains("A node of ");
      node.terminate();
      assertThat(node.awaitExit()).isZero();
    }
  }

  @Test
  void aFile_isServedUntilASignal(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("old.json"), "what it has");
    try (WaggleProcess page = WaggleProcess.start("ui", file.toString())) {
      assertThat(get(url(page, "page     ") + "session")).isEqualTo("what it has");
      page.terminate();
      assertThat(page.awaitExit()).isZero();
    }
  }

  private static String url(WaggleProcess process, String label) throws Exception {
    return process
        .stdout()
        .await("where the page is", line -> line.startsWith(label))
        .substring(label.length());
  }

  private static String get(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
