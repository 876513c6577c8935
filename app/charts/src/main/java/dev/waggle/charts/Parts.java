package dev.waggle.charts;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/** What every page has inside: the library with its licences, our script and our style. */
final class Parts {
  static final String LIBRARY = read("echarts/echarts.min.js");
  static final String SCRIPT = read("charts.js");
  static final String STYLE = read("page.css");
  static final String NOTICE = read("echarts/NOTICE");
  static final String LICENSE_OF_PARTS = read("echarts/LICENSE-d3");

  /** Nothing but what is inside the page, by its hashes (CSP Level 3, §2.3.1). */
  static final String POLICY =
      "default-src 'none'; script-src %s %s; style-src %s; base-uri 'none'; form-action 'none'"
          .formatted(hash(LIBRARY), hash(SCRIPT), hash(STYLE));

  private static String read(String name) {
    try (InputStream in = Objects.requireNonNull(Parts.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java has it
    }
  }

  private Parts() {}
}
