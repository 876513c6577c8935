package dev.waggle.operator.page;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a page shows when it is opened. */
sealed interface PageContent {
  /**
   * A session that goes on.
   *
   * @param title whose it is
   */
  record Live(String title, SessionLog log, Readers readers) implements PageContent {}

  /**
   * A file, or what its reader opens.
   *
   * @param file a session or a trace, or null
   */
  record Replay(@Nullable Path file) implements PageContent {}
}
