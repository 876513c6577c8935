package dev.waggle.app.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.app.process.LauncherCheckout;
import dev.waggle.app.process.NodeProcess;
import dev.waggle.ports.Endpoint;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that runs out of memory after all: better gone than half dead. */
class OutOfMemoryIT {
  @TempDir Path dir;

  @Test
  void outOfMemory_endsTheProcessWithAFailure() throws Exception {
    String options = "WAGGLE_JAVA_OPTS=-Xmx256m -XX:AOTMode=off";
    try (LauncherCheckout checkout = LauncherCheckout.in(Files.createDirectory(dir.resolve("it")));
        NodeProcess node =
            NodeProcess.launch(
                checkout,
                List.of(options, "WAGGLE_CLASSPATH=" + classPath()),
                dir.resolve("node"),
                "--transport",
                FatalTransport.NAME)) {
      Endpoint address = Endpoint.parse(node.await("listening").get("address").asString());
      try (Socket _ = new Socket(address.host(), address.port())) {
        assertThat(node.process().awaitExit()).as("%s", node.process()).isNotZero();
      }
    }
  }

  /** What offers the transport as a service, and where its class lies. */
  private String classPath() throws Exception {
    Path services = Files.createDirectories(dir.resolve("fatal/META-INF/services"));
    Files.writeString(services.resolve("com.google.inject.Module"), FatalTransport.class.getName());
    Path classes =
        Path.of(FatalTransport.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    return dir.resolve("fatal") + ":" + classes;
  }
}
