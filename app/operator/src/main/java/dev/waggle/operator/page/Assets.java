package dev.waggle.operator.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the page, all of them in our jar. Immutable. */
final class Assets {
  /** A file, and what it is. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Asset(String type, byte[] bytes) {}

  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final List<String> SCRIPTS =
      List.of(
          "main.js",
          "session.js",
          "live.js",
          "trace.js",
          "file.js",
          "playhead.js",
          "graph.js",
          "curve.js",
          "blocks.js",
          "chain.js",
          "nodes.js",
          "links.js",
          "controls.js",
          "say.js",
          "words.js",
          "palette.js",
          "table.js");

  private final Map<String, Asset> files = new LinkedHashMap<>();

  Assets() {
    put("/", "index.html", "text/html; charset=utf-8");
    put("/page.css", "page.css", "text/css; charset=utf-8");
    put("/icon.svg", "icon.svg", "image/svg+xml");
    put("/d3.js", "d3/d3.min.js", SCRIPT);
    put("/d3.LICENSE", "d3/LICENSE", "text/plain; charset=utf-8");
    SCRIPTS.forEach(script -> put("/" + script, script, SCRIPT));
  }

  private void put(String path, String file, String type) {
    try (InputStream in = Assets.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("the jar has no " + file);
      }
      files.put(path, new Asset(type, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Nullable Asset at(String path) {
    return files.get(path);
  }
}
