package dev.waggle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.waggle.ports.transport.Transport;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class TransportsCommandTest {
  @Test
  void list_tellsTheFacilityOfEachTransport_andWhatIsDefault() {
    Outcome outcome = Outcome.of("transports");
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .containsPattern("(?m)^\\* netty +netty over \\w+, threads: \\d+ \\(auto: ")
        .containsPattern("(?m)^  nio +java.nio selectors \\(")
        .containsPattern("(?m)^\\* bincode$")
        .containsPattern("(?m)^\\* mlkem768-mldsa65 +0x0001, for identities of ML-DSA-65$")
        .containsPattern("(?m)^  mlkem1024-mldsa87 +0x0002, for identities of ML-DSA-87$")
        .containsPattern("(?m)^  auto +JDK \\d+, .*\\(auto: ");
  }

  @Test
  void json_isOneObject() {
    Outcome outcome = Outcome.of("transports", "--json", "--netty-io", "nio", "--crypto", "bc");
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    assertThat(outcome.out().lines()).hasSize(1);
    JsonNode inventory = new JsonMapper().readTree(outcome.out());
    JsonNode netty = entry(inventory.get("transports"), "netty");
    assertThat(netty.get("byDefault").asBoolean()).isTrue();
    assertThat(netty.get("description").asString())
        .startsWith("netty over nio")
        .endsWith("(asked for)");
    assertThat(netty.get("problem").isNull()).isTrue();
    assertThat(entry(inventory.get("transports"), "nio").get("byDefault").asBoolean()).isFalse();
    assertThat(entry(inventory.get("codecs"), "bincode").get("byDefault").asBoolean()).isTrue();
    JsonNode hybrid = entry(inventory.get("suites"), "x25519mlkem768-mldsa65");
    assertThat(hybrid.get("id").asString()).isEqualTo("0x0003");
    assertThat(hybrid.get("signature").asString()).isEqualTo("ML-DSA-65");
    assertThat(inventory.get("crypto").get("choice").asString()).isEqualTo("bc");
    assertThat(inventory.get("crypto").get("description").asString()).startsWith("Bouncy Castle");
  }

  /** Binds a transport that does not start. */
  public static final class Broken extends AbstractModule {
    @ProvidesIntoMap
    @StringMapKey("broken")
    Transport transport() {
      throw new IllegalStateException("the device is absent");
    }
  }

  @Test
  void transportThatCannotStart_isListedWithWhy(@TempDir Path dir) throws IOException {
    Outcome outcome = withModule(Broken.class.getName(), dir, "transports");
    assertThat(outcome.exitCode()).as(outcome.toString()).isZero();
    assertThat(outcome.out())
        .containsPattern("(?m)^  broken +not here: transport = 'broken': .*the device is absent")
        .containsPattern("(?m)^\\* netty +netty over ");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void moduleThatIsNotThere_isOneLineAndExitCode2(@TempDir Path dir) throws IOException {
    Outcome outcome = withModule("no.such.Module", dir, "transports");
    assertThat(outcome.exitCode()).isEqualTo(2);
    assertThat(outcome.err().lines())
        .singleElement()
        .asString()
        .startsWith("waggle: modules = 'META-INF/services/com.google.inject.Module' (class path): ")
        .contains("no.such.Module");
  }

  /** Runs a command with a class path that offers a module. */
  private static Outcome withModule(String module, Path dir, String... arguments)
      throws IOException {
    Path services = Files.createDirectories(dir.resolve("META-INF/services"));
    Files.writeString(services.resolve("com.google.inject.Module"), module);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {dir.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return Outcome.of(arguments);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static JsonNode entry(JsonNode entries, String name) {
    return entries
        .valueStream()
        .filter(entry -> entry.get("name").asString().equals(name))
        .findAny()
        .orElseThrow(() -> new AssertionError(name + " is not in " + entries));
  }
}
