package dev.waggle.crypto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * A small file that only its owner may read, written once, whole or not at all.
 *
 * <p>Where the file system knows no POSIX permissions (Windows), it relies on what the folder
 * inherits to its files.
 */
final class PrivateFile {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("---rwxrwx");

  private PrivateFile() {}

  /**
   * Reads the whole file.
   *
   * @throws UnusableFile if others may access it, or it is empty, too large or not a file
   * @throws IOException if it is not there, or cannot be read
   */
  static byte[] read(Path file, int maxBytes) throws IOException, UnusableFile {
    if (Files.isDirectory(file)) {
      throw new UnusableFile("is a folder; name a file");
    }
    requireOwnerOnly(file);
    byte[] content;
    try (InputStream in = Files.newInputStream(file)) {
      content = in.readNBytes(maxBytes + 1);
    }
    if (content.length == 0) {
      throw new UnusableFile("is empty; restore it from a copy, or delete it to begin anew");
    }
    if (content.length > maxBytes) {
      throw new UnusableFile(
          "has more than " + maxBytes + " bytes, which no identity has; name another file");
    }
    return content;
  }

  private static void requireOwnerOnly(Path file) throws IOException, UnusableFile {
    PosixFileAttributeView posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (posix == null) {
      return;
    }
    Set<PosixFilePermission> permissions = posix.readAttributes().permissions();
    Set<PosixFilePermission> others = EnumSet.copyOf(OTHERS);
    others.retainAll(permissions);
    if (!others.isEmpty()) {
      throw new UnusableFile(
          "is open to others ("
              + PosixFilePermissions.toString(permissions)
              + "), who may have copied the key; run: chmod 600 "
              + file);
    }
  }

  /**
   * Writes a new file, durably, without ever showing a part of it or replacing another.
   *
   * <p>The content goes to a temporary file beside it, and gets its name by a hard link: unlike a
   * renaming, linking fails where the name is taken.
   *
   * @return false if the name is taken already; nothing has changed then
   */
  static boolean create(Path file, byte[] content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return false; // The root is there, always.
    }
    boolean posix = Files.getFileStore(existing(folder)).supportsFileAttributeView("posix");
    Files.createDirectories(folder, attributes(posix, OWNER_ONLY_FOLDER));
    Path temporary =
        Files.createTempFile(folder, ".identity", ".new", attributes(posix, OWNER_ONLY));
    try {
      writeDurably(temporary, content);
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      Files.delete(temporary);
    }
    if (posix) {
      force(folder);
    }
    return true;
  }

  private static Path existing(Path folder) {
    Path existing = folder;
    while (!Files.exists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    return existing;
  }

  private static FileAttribute<?>[] attributes(boolean posix, Set<PosixFilePermission> set) {
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(set)}
        : new FileAttribute<?>[0];
  }

  private static void writeDurably(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  /** The name is durable only after the folder is. */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
