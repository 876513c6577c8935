package dev.waggle.crypto;

/**
 * A file that is no usable identity. The message continues a sentence that begins with the file and
 * ends with what to do: {@code is damaged; restore it}.
 */
final class UnusableFile extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableFile(String message) {
    super(message, null, false, false);
  }
}
