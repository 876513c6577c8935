package dev.waggle.cli.browser;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.ScriptTimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a screen, as Debian packages it. Owned by one thread. */
public final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  /** Time for a busy machine; what is awaited takes far less. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** It warns that it knows no newer browser: of what is asked here all know everything. */
  private static final Logger LOG_OF_SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /**
   * Starts it, or skips the test where there is none.
   *
   * @param folder an empty one for its profile, and for what it downloads
   */
  public static Browser start(Path folder) {
    assumeTrue(
        Stream.of(CHROMIUM, DRIVER).allMatch(Files::isExecutable),
        "this machine has no chromium and chromium-driver");
    LOG_OF_SELENIUM.setLevel(Level.SEVERE);
    LoggingPreferences log = new LoggingPreferences();
    log.enable(LogType.BROWSER, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.setCapability(ChromeOptions.LOGGING_PREFS, log);
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", folder.resolve("downloads").toString()));
    options.addArguments(
        "--no-sandbox",
        "--headless",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--user-data-dir=" + folder.resolve("profile"));
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(new File(DRIVER.toString()))
            .usingAnyFreePort()
            .build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(PATIENCE);
    Browser browser = new Browser(driver);
    browser.size(1280, 900);
    return browser;
  }

  public void open(String url) {
    driver.get(url);
  }

  /** The width and height of what is seen. */
  public void size(int width, int height) {
    devTools(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  /** Asks for a scheme of colours, {@code light} or {@code dark}. */
  public void scheme(String scheme) {
    devTools(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  private void devTools(String command, Map<String, Object> parameters) {
    driver.executeCdpCommand(command, parameters);
  }

  /** What an expression of JavaScript is. */
  public Object value(String expression) {
    Object value = driver.executeScript("return " + expression);
    return value == null ? "null" : value;
  }

  /** Waits until an expression of JavaScript is true; looks at it with each frame that is drawn. */
  public void await(String condition) {
    try {
      driver.executeAsyncScript(
          "const done = arguments[0];"
              + "const look = () => { if ("
              + condition
              + ") { done(true); } else { requestAnimationFrame(look); } };"
              + "look();");
    } catch (ScriptTimeoutException e) {
      throw new AssertionError(
          "not within " + PATIENCE + ": " + condition + "\non the page:\n" + text("body"), e);
    }
  }

  /** The text of an element that people see. */
  public String text(String css) {
    return element(css).getText();
  }

  public void click(String css) {
    element(css).click();
  }

  /** Chooses a file, as if in the dialogue of a system. */
  public void choose(String css, Path file) {
    element(css).sendKeys(file.toString());
  }

  /** Presses keys wherever the focus is. */
  public void press(Keys... keys) {
    new Actions(driver).sendKeys(keys).perform();
  }

  /** The id of what has the focus. */
  public String focused() {
    return String.valueOf(value("document.activeElement.id || document.activeElement.className"));
  }

  /** What the console has said since it was asked last. */
  public List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::toString)
        .toList();
  }

  private WebElement element(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  @Override
  public void close() {
    driver.quit();
  }
}
