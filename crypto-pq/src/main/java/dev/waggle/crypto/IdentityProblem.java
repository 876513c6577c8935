package dev.waggle.crypto;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An identity file that cannot be used as it is: the environment is at fault. The message is for
 * the operator; it names the file and says what to do.
 */
public final class IdentityProblem extends Exception {
  private static final long serialVersionUID = 1L;

  IdentityProblem(Path file, UnusableFile why) {
    super("identity file " + file + " " + why.getMessage(), why);
  }

  IdentityProblem(Path file, String whatAndRemedy, @Nullable Throwable cause) {
    super("identity file " + file + " " + whatAndRemedy, cause);
  }
}
