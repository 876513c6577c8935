package dev.waggle.cli.process;

import java.util.List;
import java.util.regex.Pattern;

/** What tests read in POMs. */
final class Poms {
  private static final Pattern VERSION = Pattern.compile("<version>([^$<]+)</version>");
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(waggle[^<]*)</artifactId>");

  /** The version of a POM that inherits none, which stands first. */
  static String version(String pom) {
    return VERSION.matcher(pom).results().map(found -> found.group(1)).findFirst().orElseThrow();
  }

  /** Which of our artifacts a BOM knows. */
  static List<String> artifactsManagedBy(String bom) {
    String managed = bom.substring(bom.indexOf("<dependencyManagement>"));
    return ARTIFACT.matcher(managed).results().map(found -> found.group(1)).distinct().toList();
  }

  private Poms() {}
}
