package dev.waggle.operator.control;

import dev.waggle.ports.Bytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What lets its bearer control a node over TCP: 256 random bits, as 64 hexadecimal digits in a file
 * of mode 0600. Immutable.
 */
public final class ControlToken {
  private static final int BYTES = 32;
  private static final int MAX_FILE_BYTES = 1024;
  private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{64}");
  private static final String OWNER_ONLY = "rw-------";

  private final String digits;

  private ControlToken(String digits) {
    this.digits = digits;
  }

  /**
   * The token in a file, which is made if there is none.
   *
   * @throws IOException if it cannot be read or made, is no token, or others may read it; the
   *     message names the file
   */
  public static ControlToken loadOrCreate(Path file) throws IOException {
    if (Files.notExists(file)) {
      create(file);
    }
    requireSecret(file);
    return load(file);
  }

  /**
   * The token in a file.
   *
   * @throws IOException if it cannot be read, or is no token; the message names the file
   */
  public static ControlToken load(Path file) throws IOException {
    try {
      if (Files.size(file) <= MAX_FILE_BYTES) {
        String content = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        if (DIGITS.matcher(content).matches()) {
          return new ControlToken(content);
        }
      }
    } catch (NoSuchFileException e) {
      throw new IOException("there is no token " + file, e);
    } catch (IOException e) {
      throw new IOException("the token " + file + " cannot be read: " + e.getMessage(), e);
    }
    throw new IOException(
        file + " is no token of 64 hexadecimal digits: delete it, and the node makes another");
  }

  /** Whole or not at all, and never to be read by others. */
  private static void create(Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    Path unfinished = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(unfinished);
      Files.createFile(
          unfinished,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)));
      Files.writeString(unfinished, Bytes.wrap(random).hex() + "\n");
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (UnsupportedOperationException e) {
      throw new IOException("the token " + file + " could be read by others on this system", e);
    } catch (IOException e) {
      throw new IOException("the token " + file + " cannot be written: " + e, e);
    }
  }

  private static void requireSecret(Path file) throws IOException {
    Set<PosixFilePermission> allowed = PosixFilePermissions.fromString(OWNER_ONLY);
    try {
      if (!allowed.containsAll(Files.getPosixFilePermissions(file))) {
        throw new IOException("the token " + file + " can be used by others: chmod 600 it");
      }
    } catch (UnsupportedOperationException e) {
      throw new IOException("the token " + file + " could be read by others on this system", e);
    }
  }

  /** Whether somebody knows it; takes as long whatever is wrong with {@code given}. */
  boolean is(String given) {
    return MessageDigest.isEqual(
        digits.getBytes(StandardCharsets.US_ASCII), given.getBytes(StandardCharsets.UTF_8));
  }

  /** What whoever asks sends: a secret. */
  public String digits() {
    return digits;
  }

  /** Without the secret. */
  @Override
  public String toString() {
    return "ControlToken";
  }
}
