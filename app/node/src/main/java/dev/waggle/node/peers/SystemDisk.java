package dev.waggle.node.peers;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The file system. Where it knows no POSIX permissions (Windows), files are as private as what
 * their directory passes on to them.
 */
final class SystemDisk implements Disk {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  /** Not a FileChannel: an interrupt would close it in the midst of writing. */
  @Override
  public FileOutputStream create(Path file) throws IOException {
    Files.createFile(file, attributes(file));
    return new FileOutputStream(file.toFile());
  }

  private static FileAttribute<?>[] attributes(Path file) throws IOException {
    return isPosix(directoryOf(file))
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static Path directoryOf(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file : parent;
  }

  private static boolean isPosix(Path directory) throws IOException {
    return Files.getFileStore(directory).supportsFileAttributeView("posix");
  }

  @Override
  public void sync(FileOutputStream file) throws IOException {
    file.getFD().sync();
  }

  @Override
  public void replace(Path target, Path source) throws IOException {
    Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Only where that can be asked for: Windows opens no directory. */
  @Override
  public void syncDirectory(Path directory) throws IOException {
    if (isPosix(directory)) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
