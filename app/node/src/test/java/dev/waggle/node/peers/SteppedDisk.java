package dev.waggle.node.peers;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file system, where something happens before each step, and after the last. */
final class SteppedDisk implements Disk {
  /** What happens then: it may look, or throw in the place of the step. */
  interface Before {
    void step(String name) throws IOException;
  }

  private final Before before;
  private final List<String> steps = new ArrayList<>();

  SteppedDisk(Before before) {
    this.before = before;
  }

  /** The names of those so far. */
  List<String> steps() {
    return List.copyOf(steps);
  }

  private void next(String step) throws IOException {
    steps.add(step);
    before.step(step);
  }

  @Override
  public FileOutputStream create(Path file) throws IOException {
    next("create " + file.getFileName());
    return SYSTEM.create(file);
  }

  @Override
  public void sync(FileOutputStream file) throws IOException {
    next("sync");
    SYSTEM.sync(file);
  }

  @Override
  public void replace(Path target, Path source) throws IOException {
    next("replace " + target.getFileName() + " by " + source.getFileName());
    SYSTEM.replace(target, source);
  }

  @Override
  public void syncDirectory(Path directory) throws IOException {
    next("sync directory");
    SYSTEM.syncDirectory(directory);
  }
}
