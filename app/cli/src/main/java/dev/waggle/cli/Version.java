package dev.waggle.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/**
 * What {@code --version} prints: Waggle's version, with the commit if the build knew it; the JDK.
 */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "waggle " + waggle(),
      "JDK " + System.getProperty("java.version") + ", " + System.getProperty("java.vendor")
    };
  }

  /** From the jar's manifest; classes that run without their jar do not know their version. */
  static String waggle() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("unreleased");
  }
}
