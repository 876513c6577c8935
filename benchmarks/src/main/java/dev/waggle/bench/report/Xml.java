package dev.waggle.bench.report;

/** Text within markup. */
final class Xml {
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private Xml() {}
}
