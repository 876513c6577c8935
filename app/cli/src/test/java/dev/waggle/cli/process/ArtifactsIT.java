package dev.waggle.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the jars promise to whoever puts them on a module path, or takes their versions. */
class ArtifactsIT {
  private static final Path ROOT = Path.of("..", "..");

  @Test
  void everyJar_isAModuleThatItsPackagesBeginWith() throws IOException {
    Map<String, ModuleDescriptor> modules = modules();
    assertThat(modules.values())
        .extracting(ModuleDescriptor::name)
        .doesNotHaveDuplicates()
        .contains("dev.waggle.ports", "dev.waggle.node", "dev.waggle.cli");
    modules.forEach(
        (jar, module) ->
            assertThat(module.packages())
                .as("%s, module %s", jar, module.name())
                .isNotEmpty()
                .allMatch(name -> (name + ".").startsWith(module.name() + ".")));
  }

  @Test
  void noPackage_isSplitBetweenJars_notEvenByTheTestkit() throws IOException {
    Map<String, String> owners = new HashMap<>();
    modules()
        .forEach(
            (jar, module) ->
                module
                    .packages()
                    .forEach(name -> assertThat(owners.put(name, jar)).as(name).isNull()));
  }

  @Test
  void bom_hasEveryJarOfTheDistribution_inItsVersion() throws IOException {
    String bom = Files.readString(ROOT.resolve("app/bom/pom.xml"));
    String version = Poms.version(Files.readString(ROOT.resolve("pom.xml")));
    assertThat(Poms.version(bom)).isEqualTo(version);
    assertThat(new TreeSet<>(Poms.artifactsManagedBy(bom)))
        .isEqualTo(
            modules().keySet().stream()
                .map(jar -> jar.substring(0, jar.indexOf("-" + version)))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  /** Our jars, and the testkit's, by file name. */
  private static Map<String, ModuleDescriptor> modules() throws IOException {
    Map<String, ModuleDescriptor> modules = new TreeMap<>();
    for (Path jar : jars()) {
      ModuleReference module = ModuleFinder.of(jar).findAll().iterator().next();
      modules.put(jar.getFileName().toString(), module.descriptor());
    }
    return modules;
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> distribution = Files.list(WaggleProcess.lib());
        Stream<Path> ports = Files.list(ROOT.resolve("ports/target"))) {
      return Stream.concat(
              distribution.filter(jar -> jar.getFileName().toString().startsWith("waggle-")),
              ports.filter(jar -> jar.toString().endsWith("-tests.jar")))
          .toList();
    }
  }
}
