package dev.waggle.charts;

/** Text within markup. */
final class Markup {
  static String text(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private Markup() {}
}
