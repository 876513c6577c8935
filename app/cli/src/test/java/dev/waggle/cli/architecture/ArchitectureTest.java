package dev.waggle.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule holds for the product, and is seen failing on a fixture that breaks it. */
class ArchitectureTest {
  private static final String FIXTURE = "dev.waggle.cli.architecture.fixture";

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.waggle");

  private static final JavaClasses FIXTURES = new ClassFileImporter().importPackages(FIXTURE);

  /**
   * A rule for the product, and the same rule over the fixture, with what it must complain about.
   */
  private record Case(String name, ArchRule product, ArchRule fixture, String complaint) {}

  private static Stream<Case> cases() {
    String ports = "dev.waggle.ports";
    String domain = "dev.waggle.domain";
    return Stream.of(
        new Case(
            "ports point at nothing",
            ArchitectureRules.portsPointAtNothing(ports),
            ArchitectureRules.portsPointAtNothing(FIXTURE + ".ports"),
            "PortWithLogger"),
        new Case(
            "domain uses ports and a few packages of the JDK",
            ArchitectureRules.domainIsPure(domain, ports),
            ArchitectureRules.domainIsPure(FIXTURE + ".domain", ports),
            "DomainWithThread"),
        new Case(
            "domain has no unordered collection",
            ArchitectureRules.domainIsPure(domain, ports),
            ArchitectureRules.domainIsPure(FIXTURE + ".domain", ports),
            "DomainWithHashMap"),
        new Case(
            "domain has no clock",
            ArchitectureRules.domainCallsNothingImpure(domain),
            ArchitectureRules.domainCallsNothingImpure(FIXTURE + ".domain"),
            "DomainWithClock"),
        new Case(
            "domain has no unordered factory",
            ArchitectureRules.domainCallsNothingImpure(domain),
            ArchitectureRules.domainCallsNothingImpure(FIXTURE + ".domain"),
            "DomainWithSetOf"),
        new Case(
            "domain's packages form no cycle",
            ArchitectureRules.packagesFormNoCycle(domain),
            ArchitectureRules.packagesFormNoCycle(FIXTURE + ".domain"),
            "Cycle detected"),
        new Case(
            "gossip knows nothing of peers",
            ArchitectureRules.knowsNothingOf(domain + ".gossip", domain + ".peers"),
            ArchitectureRules.knowsNothingOf(FIXTURE + ".domain.left", FIXTURE + ".domain.right"),
            "Left"),
        new Case(
            "peers know nothing of gossip",
            ArchitectureRules.knowsNothingOf(domain + ".peers", domain + ".gossip"),
            ArchitectureRules.knowsNothingOf(FIXTURE + ".domain.right", FIXTURE + ".domain.left"),
            "Right"),
        new Case(
            "the node's packages form no cycle",
            ArchitectureRules.packagesFormNoCycle("dev.waggle.node"),
            ArchitectureRules.packagesFormNoCycle(FIXTURE + ".domain"),
            "Cycle detected"),
        new Case(
            "the chain's packages form no cycle",
            ArchitectureRules.packagesFormNoCycle("dev.waggle.chain"),
            ArchitectureRules.packagesFormNoCycle(FIXTURE + ".domain"),
            "Cycle detected"),
        new Case(
            "the command line's packages form no cycle",
            ArchitectureRules.packagesFormNoCycle("dev.waggle.cli"),
            ArchitectureRules.packagesFormNoCycle(FIXTURE + ".domain"),
            "Cycle detected"),
        new Case(
            "the Netty adapter sees ports only",
            ArchitectureRules.seesOnly("dev.waggle.netty", ports + ".."),
            ArchitectureRules.seesOnly(FIXTURE + ".adapter", ports + ".."),
            "AdapterWithDomain"),
        new Case(
            "the NIO adapter sees ports only",
            ArchitectureRules.seesOnly("dev.waggle.nio", ports + ".."),
            ArchitectureRules.seesOnly(FIXTURE + ".adapter", ports + ".."),
            "AdapterWithDomain"),
        new Case(
            "crypto sees ports only",
            ArchitectureRules.seesOnly("dev.waggle.crypto", ports + ".."),
            ArchitectureRules.seesOnly(FIXTURE + ".adapter", ports + ".."),
            "AdapterWithDomain"),
        new Case(
            "the toys see ports only",
            ArchitectureRules.seesOnly("dev.waggle.crypto.toy", ports + ".."),
            ArchitectureRules.seesOnly(FIXTURE + ".adapter", ports + ".."),
            "AdapterWithDomain"),
        new Case(
            "no node is made of toys",
            ArchitectureRules.toysOnlyIn("dev.waggle.simulator.."),
            ArchitectureRules.toysOnlyIn("dev.waggle.elsewhere.."),
            "AppWithLibraries"),
        new Case(
            "the codec over Kryo sees ports only",
            ArchitectureRules.seesOnly("dev.waggle.kryo", ports + ".."),
            ArchitectureRules.seesOnly(FIXTURE + ".adapter", ports + ".."),
            "AdapterWithDomain"),
        new Case(
            "the DNS sees ports only",
            ArchitectureRules.seesOnly("dev.waggle.dns", ports + ".."),
            ArchitectureRules.seesOnly(FIXTURE + ".adapter", ports + ".."),
            "AdapterWithDomain"),
        new Case(
            "the routers' protocols see ports only",
            ArchitectureRules.seesOnly("dev.waggle.nat", ports + ".."),
            ArchitectureRules.seesOnly(FIXTURE + ".adapter", ports + ".."),
            "AdapterWithDomain"),
        new Case(
            "the packages of the routers' protocols form no cycle",
            ArchitectureRules.packagesFormNoCycle("dev.waggle.nat"),
            ArchitectureRules.packagesFormNoCycle(FIXTURE + ".domain"),
            "Cycle detected"),
        new Case(
            "the chain sees ports only",
            ArchitectureRules.seesOnly("dev.waggle.chain", ports + ".."),
            ArchitectureRules.seesOnly(FIXTURE + ".adapter", ports + ".."),
            "AdapterWithDomain"),
        new Case(
            "what operators reach a node by sees ports and the chain only",
            ArchitectureRules.seesOnly("dev.waggle.operator", ports + "..", "dev.waggle.chain"),
            ArchitectureRules.seesOnly(FIXTURE + ".adapter", ports + ".."),
            "AdapterWithDomain"),
        new Case(
            "the operator's packages form no cycle",
            ArchitectureRules.packagesFormNoCycle("dev.waggle.operator"),
            ArchitectureRules.packagesFormNoCycle(FIXTURE + ".domain"),
            "Cycle detected"),
        new Case(
            "Guice only in the node's wiring, and in modules that offer it a part",
            ArchitectureRules.guiceOnlyIn("dev.waggle.node", "dev.waggle.node.wiring.."),
            ArchitectureRules.guiceOnlyIn("dev.waggle.elsewhere.."),
            "AppWithLibraries"),
        new Case(
            "what is API mentions only API",
            ArchitectureRules.apiMentionsOnlyApi(Api.PACKAGES),
            ArchitectureRules.apiMentionsOnlyApi(FIXTURE + ".api"),
            "ApiWithInternals"),
        new Case(
            "picocli only in the command line",
            ArchitectureRules.onlyUsedIn("picocli..", "dev.waggle.cli.."),
            ArchitectureRules.onlyUsedIn("picocli..", "dev.waggle.elsewhere.."),
            "AppWithLibraries"),
        new Case(
            "Kryo only in its codec",
            ArchitectureRules.onlyUsedIn("com.esotericsoftware..", "dev.waggle.kryo.."),
            ArchitectureRules.onlyUsedIn("com.esotericsoftware..", "dev.waggle.kryo.."),
            "AppWithLibraries"),
        new Case(
            "Jetty only in what operators reach a node by",
            ArchitectureRules.onlyUsedIn("org.eclipse.jetty..", "dev.waggle.operator.."),
            ArchitectureRules.onlyUsedIn("org.eclipse.jetty..", "dev.waggle.operator.."),
            "AppWithLibraries"),
        new Case(
            "dnsjava only in its module",
            ArchitectureRules.onlyUsedIn("org.xbill..", "dev.waggle.dns.."),
            ArchitectureRules.onlyUsedIn("org.xbill..", "dev.waggle.dns.."),
            "AppWithLibraries"),
        new Case(
            "Netty only in its adapter",
            ArchitectureRules.onlyUsedIn("io.netty..", "dev.waggle.netty..", "dev.waggle.bench.."),
            ArchitectureRules.onlyUsedIn("io.netty..", "dev.waggle.netty..", "dev.waggle.bench.."),
            "AppWithLibraries"),
        new Case(
            "Bouncy Castle only in crypto",
            ArchitectureRules.onlyUsedIn("org.bouncycastle..", "dev.waggle.crypto.."),
            ArchitectureRules.onlyUsedIn("org.bouncycastle..", "dev.waggle.crypto.."),
            "AppWithLibraries"));
  }

  @TestFactory
  Stream<DynamicTest> everyRule_holdsForTheProduct() {
    return cases().map(c -> DynamicTest.dynamicTest(c.name(), () -> c.product().check(PRODUCT)));
  }

  @TestFactory
  Stream<DynamicTest> everyRule_failsOnItsBadFixture() {
    return cases()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name(),
                    () ->
                        assertThatThrownBy(() -> c.fixture().check(FIXTURES))
                            .isInstanceOf(AssertionError.class)
                            .hasMessageContaining(c.complaint())));
  }

  @Test
  void pageAboutTheApi_namesExactlyItsPackages() throws IOException {
    assertThat(Api.namedByThePage()).containsExactlyInAnyOrder(Api.PACKAGES);
    assertThat(PRODUCT.stream().map(JavaClass::getPackageName)).contains(Api.PACKAGES);
  }

  @TestFactory
  Stream<DynamicTest> everyModule_isAmongTheClassesChecked() {
    return Stream.of(
            "ports",
            "domain",
            "crypto",
            "crypto.toy",
            "netty",
            "nio",
            "kryo",
            "dns",
            "nat",
            "node",
            "chain",
            "operator",
            "simulator",
            "cli")
        .map(
            module ->
                DynamicTest.dynamicTest(
                    module,
                    () ->
                        assertThat(PRODUCT)
                            .anyMatch(
                                type -> type.getPackageName().startsWith("dev.waggle." + module))));
  }
}
