package dev.waggle.cli.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Set;

/**
 * What may depend on what. Each rule takes the package that it governs, so that a test can show it
 * failing on a bad fixture: a rule over a package that does not exist would pass for ever.
 */
final class ArchitectureRules {
  private static final String NULLNESS = "org.jspecify.annotations";

  /**
   * All that the domain may use of the JDK; what it must not use of these, {@link #IMPURE} says.
   */
  private static final String[] PURE_JDK = {
    "java.lang",
    "java.lang.annotation",
    "java.lang.invoke",
    "java.lang.runtime",
    "java.util",
    "java.util.function",
    "java.util.stream",
    "java.nio",
    "java.nio.charset"
  };

  /**
   * Threads, processes, clocks, randomness; and collections whose order differs from run to run.
   */
  private static final Set<String> IMPURE =
      Set.of(
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Runtime",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.IdentityHashMap",
          "java.util.WeakHashMap",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.UUID",
          "java.util.Timer",
          "java.util.Date",
          "java.util.Calendar",
          "java.util.Scanner");

  private static final List<String> IMPURE_CALLS =
      List.of(
          "java.lang.System.nanoTime",
          "java.lang.System.currentTimeMillis",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.identityHashCode",
          "java.lang.Math.random",
          "java.util.Set.of",
          "java.util.Set.copyOf",
          "java.util.Map.of",
          "java.util.Map.ofEntries",
          "java.util.Map.copyOf",
          "java.util.List.copyOf",
          "java.util.Collections.shuffle",
          "java.util.Locale.getDefault",
          "java.util.Collection.parallelStream",
          "java.util.stream.BaseStream.parallel",
          "java.util.stream.Stream.parallel",
          "java.util.stream.Collectors.toSet",
          "java.util.stream.Collectors.toMap",
          "java.util.stream.Collectors.groupingBy");

  private ArchitectureRules() {}

  static ArchRule portsPointAtNothing(String ports) {
    return classes()
        .that()
        .resideInAPackage(ports + "..")
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage("java..", ports + "..", NULLNESS))
        .because("everything points at ports, and ports at java.base only");
  }

  static ArchRule domainIsPure(String domain, String ports) {
    DescribedPredicate<JavaClass> pureJdk =
        resideInAnyPackage(PURE_JDK)
            .and(not(describe("impure", type -> IMPURE.contains(type.getName()))));
    DescribedPredicate<JavaClass> duration =
        describe("java.time.Duration", type -> type.getName().equals("java.time.Duration"));
    DescribedPredicate<JavaClass> primitive =
        describe("primitives and their arrays", type -> type.getBaseComponentType().isPrimitive());
    return classes()
        .that()
        .resideInAPackage(domain + "..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(domain + "..", ports + "..", NULLNESS)
                .or(pureJdk)
                .or(duration)
                .or(primitive))
        .because("the same classes run in production and in a deterministic simulation");
  }

  static ArchRule domainCallsNothingImpure(String domain) {
    return noClasses()
        .that()
        .resideInAPackage(domain + "..")
        .should()
        .accessTargetWhere(
            describe("a clock, the environment, or an unstable order", ArchitectureRules::isImpure))
        .because("time and randomness come in as arguments, and every run has the same order");
  }

  private static boolean isImpure(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    return IMPURE_CALLS.contains(owner + "." + name)
        || (owner.equals("java.lang.System") && Set.of("in", "out", "err").contains(name));
  }

  static ArchRule onlyUsedIn(String library, String... packages) {
    return onlyUsedBy(library, resideInAnyPackage(packages));
  }

  static ArchRule toysOnlyIn(String... simulations) {
    String toys = "dev.waggle.crypto.toy..";
    return noClasses()
        .that(resideInAPackage("dev.waggle..").and(not(resideInAnyPackage(simulations))))
        .and(not(resideInAPackage(toys)))
        .should()
        .dependOnClassesThat(resideInAPackage(toys))
        .because("anybody can read and forge what a toy has sealed");
  }

  /** In these packages, and by whoever offers a part to them. */
  static ArchRule guiceOnlyIn(String... packages) {
    return onlyUsedBy(
        "com.google.inject..",
        resideInAnyPackage(packages).or(assignableTo("com.google.inject.Module")));
  }

  /** Whoever sees these packages alone can use them. */
  static ArchRule apiMentionsOnlyApi(String... packages) {
    return classes()
        .that(resideInAnyPackage(packages).and(describe("public", PublicSignatures::isVisible)))
        .should(PublicSignatures.mentionOnly(packages))
        .because("an API that hands out what is internal makes that API too");
  }

  private static ArchRule onlyUsedBy(String library, DescribedPredicate<JavaClass> users) {
    return noClasses()
        .that(resideInAPackage("dev.waggle..").and(not(users)))
        .should()
        .dependOnClassesThat(resideInAPackage(library))
        .because(library + " is an implementation's own business");
  }

  static ArchRule seesOnly(String module, String... neighbours) {
    return noClasses()
        .that()
        .resideInAPackage(module + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.waggle..")
                .and(not(resideInAPackage(module + "..")))
                .and(not(resideInAnyPackage(neighbours))))
        .because("everything points at ports; only app and benchmarks see more than one neighbour");
  }

  static ArchRule knowsNothingOf(String room, String other) {
    return noClasses()
        .that()
        .resideInAPackage(room + "..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(other + "..")
        .because("what they share has rooms of its own, and who composes them knows both");
  }

  static ArchRule packagesFormNoCycle(String root) {
    return slices()
        .assignedFrom(eachPackageOf(root))
        .should()
        .beFreeOfCycles()
        .because("folders show the architecture, which has a top and a bottom");
  }

  /** Each package is a slice: the root too, which ArchUnit's own patterns leave out. */
  private static SliceAssignment eachPackageOf(String root) {
    return new SliceAssignment() {
      @Override
      public String getDescription() {
        return "packages of " + root;
      }

      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(root) || name.startsWith(root + ".")
            ? SliceIdentifier.of(name)
            : SliceIdentifier.ignore();
      }
    };
  }
}
