package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.cli.browser.Browser;
import dev.waggle.cli.config.CliConfig;
import dev.waggle.cli.config.CliKeys;
import dev.waggle.cli.node.FullNode;
import dev.waggle.cli.page.PageEvents;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.MemoryBudget;
import dev.waggle.operator.page.LivePage;
import dev.waggle.operator.page.NodeReports;
import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The live page as somebody with a browser has it: one network of three nodes, one browser. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
@Tag("long")
class LivePageTest {
  private static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);
  private static final int NODES = 3;

  /** What a name must not become. */
  private static final String EVIL = "<img src=x onerror=alert(1)>";

  private final List<FullNode> nodes = new ArrayList<>();
  private Browser browser;
  private LivePage page;
  private Path folder;
  private int blocks;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    folder = directory;
    browser = Browser.start(directory);
    page = LivePage.open(ANY_PORT, "A network");
    for (int i = 0; i < NODES; i++) {
      nodes.add(node("node " + i, page.node("node " + i)));
    }
    mine();
  }

  private FullNode node(String name, NodeReports reports) throws Exception {
    List<PeerAddress> seeds =
        nodes.stream().limit(1).map(one -> new PeerAddress(one.address(), one.peerId())).toList();
    CliConfig config =
        CliConfig.builder()
            .set(ConfigKeys.P2P_ADDR, ANY_PORT)
            .set(ConfigKeys.SEEDS, seeds)
            .set(ConfigKeys.ALLOW_PRIVATE, true)
            .set(ConfigKeys.IO_THREADS, 1)
            .set(CliKeys.DATA_DIR, folder.resolve("data-" + name.replaceAll("\\W", "-")))
            .build();
    FullNode node =
        FullNode.start(
            config,
            null,
            MemoryBudget.ofOneAmong(NODES + 1),
            UnaryOperator.identity(),
            new PageEvents(reports));
    reports.running(node.control(), node.chain());
    return node;
  }

  private void mine() throws Exception {
    nodes.getFirst().mineOne().toCompletableFuture().get();
    blocks++;
  }

  @BeforeEach
  void open() {
    browser.scheme("light");
    browser.size(1280, 900);
    browser.open(page.url());
    browser.await("document.body.dataset.state === 'live'");
    everyNodeHas(blocks);
  }

  /** Nodes are linked, and the newest block is everywhere. */
  private void everyNodeHas(int height) {
    browser.await(
        "document.querySelector('#blocks-rows tr')?.innerText.startsWith('%d')".formatted(height));
    browser.await(
        "document.querySelector('#blocks-rows tr').innerText.includes('%d of %d')"
            .formatted(NODES, NODES));
  }

  @AfterEach
  void theConsoleIsQuiet() {
    assertThat(browser.console()).isEmpty();
  }

  @AfterAll
  void stop() {
    if (browser != null) {
      browser.close();
    }
    nodes.forEach(FullNode::close);
    if (page != null) {
      page.close();
    }
  }

  @Test
  void aBlockAppears_andReachesEveryNode() throws Exception {
    mine();
    everyNodeHas(blocks);
    assertThat(browser.text("#figure-height")).isEqualTo(String.valueOf(blocks));
    assertThat(browser.text("#tips")).startsWith("All 3 nodes are at height " + blocks);
    assertThat(browser.text("#arrivals-rows")).contains("node 0", "node 1", "node 2", "itself");
    assertThat(browser.value("document.querySelectorAll('#chain-strip button').length"))
        .isEqualTo((long) blocks);
    assertThat(browser.value("document.querySelector('path.now').getAttribute('d').length"))
        .as("the curve")
        .isNotEqualTo(0L);
    assertThat(browser.value("document.getElementById('graph-words').textContent"))
        .asString()
        .startsWith("3 nodes and ");
  }

  @Test
  void aNodeThatIsKilled_disappears_andItsNameIsNothingButText() throws Exception {
    NodeReports reports = page.node(EVIL);
    try (FullNode victim = node("victim", reports)) {
      browser.await("document.getElementById('figure-nodes').textContent === '4'");
      browser.await("document.getElementById('nodes-rows').textContent.includes('" + EVIL + "')");
      browser.await("document.getElementById('nodes-rows').lastChild.cells[2].textContent > 0");
      assertThat(victim.peers()).isNotEmpty();
    }
    reports.ended("killed");
    browser.await("document.getElementById('figure-nodes').textContent === '3'");
    browser.await("!document.getElementById('nodes-rows').textContent.includes('img')");
    browser.await(
        "document.getElementById('graph-words').textContent.startsWith('3 nodes and 3 links')");
  }

  @Test
  void numbersOfLinks_areThoseOfTheChosenNode() {
    browser.click("#nodes-rows tr:nth-child(2) button");
    browser.await("document.getElementById('links-title').textContent === 'Links of node 1'");
    browser.await("document.getElementById('links-about').textContent.includes('knows')");
    assertThat(browser.text("#links-about")).containsAnyOf("thers can dial it.", "Nobody can dial");
    browser.await("document.querySelector('#links-rows tr').cells[6].textContent !== '–'");
    assertThat(browser.text("#links-rows")).contains("node 0", "bound");
  }

  @Test
  void whoPauses_andScrollsBack_seesThePast_andComesBackToThePresent() throws Exception {
    browser.click("#toggle");
    mine();
    browser.await("document.body.dataset.mode === 'paused'");
    browser.await("window.seen = (window.seen ?? 0) + 1, window.seen > 30");
    assertThat(browser.text("#figure-height")).isEqualTo(String.valueOf(blocks - 1));
    browser.value("document.getElementById('slider').focus()");
    browser.press(Keys.HOME);
    browser.await("document.querySelectorAll('#blocks-rows tr').length === 0");
    assertThat(browser.text("#block-none")).isEqualTo("No block yet.");
    browser.click("#later");
    browser.await("document.querySelectorAll('#blocks-rows tr').length === 1");
    browser.click("#live");
    everyNodeHas(blocks);
    browser.await("document.body.dataset.mode === 'live'");
  }

  @Test
  void aBlocksWay_isShownSlowly_andStops() throws Exception {
    mine();
    everyNodeHas(blocks);
    browser.click("#show-way");
    browser.await("document.body.dataset.mode === 'playing'");
    browser.await("document.body.dataset.mode === 'paused'");
    assertThat(browser.text("#figures-spread")).startsWith("3 of 3 nodes: half after ");
  }

  @Test
  void anExportedSession_isReplayed() throws Exception {
    browser.click("#save");
    Path exported = folder.resolve("downloads").resolve("waggle-session.json");
    browser.await("document.getElementById('say').textContent.includes('saved')");
    while (!Files.exists(exported)) {
      Thread.onSpinWait();
    }
    try (LivePage empty = LivePage.replay(ANY_PORT, null)) {
      browser.open(empty.url());
      browser.await("!document.getElementById('empty').hidden");
      browser.choose("#file", exported);
      browser.await("document.body.dataset.state === 'file'");
      everyNodeHas(blocks);
      assertThat(browser.text("#title")).isEqualTo("A network");
      assertThat(browser.text("#figure-height")).isEqualTo(String.valueOf(blocks));
      browser.click("#toggle");
      browser.await("document.body.dataset.mode === 'playing'");
    } finally {
      Files.delete(exported);
    }
  }

  @Test
  void aSimulatorsTrace_isReplayed() {
    Path trace = folder.resolve("trace.jsonl");
    Outcome outcome =
        Outcome.of(
            "simulate",
            "--nodes",
            "12",
            "--blocks",
            "2",
            "--block-bytes",
            "20KiB",
            "--trace",
            trace.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    browser.choose("#file", trace);
    browser.await("document.body.dataset.state === 'file'");
    browser.await("document.querySelectorAll('#blocks-rows tr').length === 2");
    assertThat(browser.text("#figure-nodes")).isEqualTo("12");
    assertThat(browser.text("#blocks-rows")).contains("12 of 12");
    assertThat(browser.text("#arrivals-rows")).contains("itself", "node ");
    browser.click("#back");
    browser.await("document.body.dataset.state === 'live'");
    everyNodeHas(blocks);
  }

  @Test
  void aFileThatIsNoSession_isNamedInOneLine_andWhatWasShownStays() throws Exception {
    Path file = Files.writeString(folder.resolve("bad.json"), "{\"format\":\"something\"}");
    browser.choose("#file", file);
    browser.await("!document.getElementById('problem').hidden");
    assertThat(browser.text("#problem-words"))
        .isEqualTo(
            "“bad.json” is neither a session nor a trace: a session says"
                + " \"format\": \"waggle-session\".");
    assertThat(browser.value("document.body.dataset.state")).isEqualTo("live");
    browser.click("#problem-close");
    assertThat(browser.focused()).isEqualTo("open");
  }

  @Test
  void everything_isReachedByTheKeyboard_inTheOrderOfThePage() {
    List<String> order = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      browser.press(Keys.TAB);
      order.add(browser.focused());
    }
    assertThat(order)
        .containsExactly(
            "skip",
            "open",
            "save",
            "earlier",
            "toggle",
            "later",
            "slider",
            "speed",
            "live",
            "show-way",
            "arrivals");
    browser.value("document.getElementById('toggle').focus()");
    browser.press(Keys.SPACE);
    browser.await("document.body.dataset.mode === 'paused'");
    assertThat(browser.value("document.getElementById('toggle').getAttribute('aria-label')"))
        .isEqualTo("Play");
    assertThat(browser.value("document.getElementById('say').textContent"))
        .asString()
        .startsWith("Paused at ");
  }

  @Test
  void everyPart_hasANameForWhoCannotSeeIt() {
    assertThat(
            browser.value(
                "[...document.querySelectorAll('button, select, input, section, table, canvas')]"
                    + ".filter((one) => !one.closest('[hidden]'))"
                    + ".filter((one) => !(one.textContent.trim() || one.ariaLabel"
                    + " || one.getAttribute('aria-labelledby')))"
                    + ".map((one) => one.outerHTML)"))
        .isEqualTo(List.of());
    assertThat(
            browser.value(
                "document.querySelectorAll('main, header, footer, [aria-live=polite]').length"))
        .isEqualTo(4L);
  }

  @Test
  void narrowAndWide_fitWithoutScrollingSideways() {
    for (int width : new int[] {400, 1280}) {
      browser.size(width, 800);
      browser.await("innerWidth === " + width);
      assertThat(browser.value("document.documentElement.scrollWidth"))
          .as("of %d", width)
          .isEqualTo(browser.value("document.documentElement.clientWidth"));
    }
  }

  @Test
  void lightAndDark_areThoseOfTheReader() {
    String background = "getComputedStyle(document.body).backgroundColor";
    Object light = browser.value(background);
    browser.scheme("dark");
    browser.await(background + " !== '" + light + "'");
    assertThat(browser.value(background)).isEqualTo("rgb(20, 19, 16)");
  }
}
