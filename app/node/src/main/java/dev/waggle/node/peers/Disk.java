package dev.waggle.node.peers;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** The steps by which a file is replaced; each may fail, and the power may fail between any two. */
interface Disk {
  /** The file system itself. */
  Disk SYSTEM = new SystemDisk();

  /** Opens a new, empty file that only its owner may read. */
  FileOutputStream create(Path file) throws IOException;

  /** Returns once what was written is there after a loss of power too. */
  void sync(FileOutputStream file) throws IOException;

  /** Gives a file the name of another one, in whose place it is from then on. */
  void replace(Path target, Path source) throws IOException;

  /** Returns once the names in a directory are there after a loss of power too. */
  void syncDirectory(Path directory) throws IOException;
}
