package dev.waggle.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.inject.AbstractModule;
import com.google.inject.Module;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.waggle.domain.codec.BincodeCodec;
import dev.waggle.nio.NioModule;
import dev.waggle.nio.NioTransport;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.transport.Transport;
import dev.waggle.ports.wire.WireCodec;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueTest {
  @TempDir Path dir;

  /** What an experimenter adds: one part that works, and one that does not. */
  private static final class Experiment extends AbstractModule {
    @ProvidesIntoMap
    @StringMapKey("mine")
    WireCodec codec() {
      return new BincodeCodec();
    }

    @ProvidesIntoMap
    @StringMapKey("broken")
    Transport transport() {
      throw new IllegalStateException("no such device\nat all");
    }
  }

  /** Takes a name that is taken. */
  private static final class Usurper extends AbstractModule {
    @ProvidesIntoMap
    @StringMapKey("nio")
    Transport transport() {
      return new NioTransport(1);
    }
  }

  @Test
  void partsOfModules_standBesideTheOthers_inAlphabeticalOrder() {
    Catalogue catalogue = catalogue(new Experiment());
    assertThat(catalogue.transports().names()).containsExactly("broken", "netty", "nio");
    assertThat(catalogue.codecs().names()).contains("bincode", "mine").isSorted();
    assertThat(catalogue.codecs().named("mine")).isInstanceOf(BincodeCodec.class);
  }

  @Test
  void partThatCannotBeMade_isAProblemInOneLine_andTheOthersAreThere() {
    Catalogue catalogue = catalogue(new Experiment());
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> catalogue.transports().named("broken"))
        .withMessageStartingWith("transport = 'broken': cannot be had: ")
        .withMessageContaining("no such device")
        .satisfies(problem -> assertThat(problem.getMessage()).hasLineCount(1));
    try (Transport nio = catalogue.transports().named("nio")) {
      assertThat(nio.name()).isEqualTo("nio");
    }
  }

  @Test
  void partThatNobodyBinds_isAProblemThatListsThoseThereAre() {
    Catalogue catalogue = Catalogue.of(NodeConfig.defaults());
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> catalogue.transports().named("mixed"))
        .withMessage("transport = 'mixed': expected one of netty, nio");
  }

  @Test
  void transportThatNobodyNames_isAProblem_whereThereAreSeveral() {
    Catalogue catalogue = Catalogue.of(NodeConfig.defaults());
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(catalogue::transport)
        .withMessage(
            "transport = 'auto': expected one of netty, nio, for there are several on the class"
                + " path");
  }

  @Test
  void transportThatNobodyNames_isTheOnlyOneThatThereIs() throws IOException {
    String nio = NioModule.class.getName();
    try (Transport transport = offeringOnly(nio).transport()) {
      assertThat(transport.name()).isEqualTo("nio");
    }
  }

  @Test
  void nodeWithoutAnyTransport_isAProblemThatSaysWhatToAdd() throws IOException {
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(offeringOnly("# nothing")::transport)
        .withMessageStartingWith("transport = 'auto': there is none on the class path: add ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"kqueue", "EPOLL"})
  void optionThatATransportDoesNotTake_isAProblemThatNamesIt(String value) {
    NodeConfig config = NodeConfig.builder().transportOption("netty_io", value).build();
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> Catalogue.of(config).transports().named("netty"))
        .withMessageStartingWith("netty_io = '" + value + "'")
        .withMessageContaining(": expected one of auto, io_uring, epoll, nio, not '")
        .satisfies(problem -> assertThat(problem.key()).isEqualTo("netty_io"));
  }

  @Test
  void nameBoundTwice_isAProblemOfTheModulesThatBindIt() {
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> catalogue(new Usurper()))
        .withMessageStartingWith(
            "modules = '" + Usurper.class.getName() + ", dev.waggle.nio.NioModule' (class path): ")
        .withMessageContaining("\"nio\"")
        .satisfies(problem -> assertThat(problem.getMessage()).hasLineCount(1));
  }

  @Test
  void suite_isFoundByNameAndById() {
    Catalogue catalogue = Catalogue.of(NodeConfig.defaults());
    assertThat(catalogue.suite("0x0003").name()).isEqualTo("x25519mlkem768-mldsa65");
    assertThat(catalogue.suite("x25519mlkem768-mldsa65").hexId()).isEqualTo("0x0003");
    assertThatExceptionOfType(ConfigProblem.class)
        .isThrownBy(() -> catalogue.suite("0x0004"))
        .withMessageStartingWith("suite = '0x0004': expected one of mlkem1024-mldsa87, ");
  }

  /** What a class path offers that has one such file of services. */
  private Catalogue offeringOnly(String services) throws IOException {
    Path file = dir.resolve("services");
    Files.writeString(file, services);
    URL url = file.toUri().toURL();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread()
        .setContextClassLoader(
            new ClassLoader(before) {
              @Override
              public Enumeration<URL> getResources(String name) throws IOException {
                return name.equals("META-INF/services/" + Module.class.getName())
                    ? Collections.enumeration(List.of(url))
                    : super.getResources(name);
              }
            });
    try {
      return Catalogue.of(NodeConfig.defaults());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private static Catalogue catalogue(Module module) {
    return Wiring.create(NodeConfig.defaults(), List.of(module), Catalogue.class);
  }
}
