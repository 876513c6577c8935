package dev.waggle.node.peers;

import dev.waggle.ports.node.PeerMemory;
import dev.waggle.ports.node.PeerStore;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node knows of others, in the one file {@value #FILE_NAME} of a directory, which belongs to
 * that node alone: a snapshot, replaced whole. {@code PeersText} says what stands in it.
 *
 * <p>A snapshot and no embedded store, for a node reads it once, when it starts, and never asks it
 * anything else; 82,000 entries are some 10 MB, written every few minutes at most; and what a crash
 * loses is the hearsay of those minutes. So there is neither a log to replay nor an index to
 * repair, and no library to keep up with: a file that is not exactly what was written is not
 * believed.
 *
 * <p>It is written to {@value #TEMPORARY_NAME} beside it, which is made durable and then takes the
 * name; after a crash at any moment the old file or the new one is there. Only its owner may read
 * it: who knows the key can choose addresses that fall into one bucket.
 *
 * <p>A damaged file is renamed to {@code peers.damaged-} and the time, and the node starts with
 * {@link PeerMemory#NOTHING}. None of these is ever deleted or replaced, however many there are:
 * one more comes with a start at most, and they tell of a disk that should not be trusted. The
 * warning names them; whoever has looked at them deletes them.
 *
 * <p>Not to be called by several threads at once.
 */
public final class FilePeerStore implements PeerStore {
  static final String FILE_NAME = "peers.txt";
  static final String TEMPORARY_NAME = "peers.txt.new";
  static final String DAMAGED_PREFIX = "peers.damaged-";

  /**
   * What is older is of no use to anybody, so a clock that jumped cannot do worse than that. A ban
   * is by so much shorter at most for the time that the node did not run.
   */
  static final Duration MAX_ELAPSED = Duration.ofDays(30);

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /** Files that are set aside in one second; more mean that something else is wrong. */
  private static final int MAX_DAMAGED_OF_ONE_TIME = 100;

  private static final Logger log = LoggerFactory.getLogger(FilePeerStore.class);

  private final Path directory;
  private final Path file;
  private final Path temporary;
  private final InstantSource clock;
  private final Disk disk;

  /**
   * A store in {@code directory}, which is made when something is saved, if it is not there.
   *
   * @param clock wall-clock time, by which ages grow while the node is not running
   */
  public FilePeerStore(Path directory, InstantSource clock) {
    this(directory, clock, Disk.SYSTEM);
  }

  FilePeerStore(Path directory, InstantSource clock, Disk disk) {
    this.directory = directory;
    this.file = directory.resolve(FILE_NAME);
    this.temporary = directory.resolve(TEMPORARY_NAME);
    this.clock = clock;
    this.disk = disk;
  }

  /**
   * {@inheritDoc}
   *
   * @throws PeerStoreException if the file is there and cannot be read, or is damaged and cannot be
   *     set aside
   */
  @Override
  public PeerMemory load() throws PeerStoreException {
    removeTemporary();
    byte[] content;
    try {
      content = content();
    } catch (NoSuchFileException e) {
      return PeerMemory.NOTHING;
    } catch (IOException e) {
      throw new PeerStoreException(file + " cannot be read: " + words(e), e);
    }
    try {
      return memory(content);
    } catch (DamagedPeers damage) {
      Path aside = setAside(damage);
      log.warn(
          "{} {}; it is now {}, and this node starts without what it knew of others",
          file,
          damage.getMessage(),
          aside);
      return PeerMemory.NOTHING;
    }
  }

  /**
   * The same for somebody else than the node: changes nothing in the directory, and may be called
   * while the node runs.
   *
   * @throws PeerStoreException if the file is not there, cannot be read, or is damaged
   */
  public PeerMemory peek() throws PeerStoreException {
    try {
      return memory(content());
    } catch (NoSuchFileException e) {
      throw new PeerStoreException(file + " is not there", e);
    } catch (IOException e) {
      throw new PeerStoreException(file + " cannot be read: " + words(e), e);
    } catch (DamagedPeers damage) {
      throw new PeerStoreException(file + " " + damage.getMessage());
    }
  }

  /** Where it is, whether it is there or not. */
  public Path file() {
    return file;
  }

  private PeerMemory memory(byte[] content) throws DamagedPeers {
    PeersText.Snapshot snapshot = PeersText.read(content);
    return snapshot.memory().after(elapsed(snapshot.savedSeconds()));
  }

  /** What a crash has left; if it stays, the next one takes its place. */
  private void removeTemporary() {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      log.debug("{} stays: {}", temporary, words(e));
    }
  }

  /** All bytes, or as many as are too many. */
  private byte[] content() throws IOException {
    if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "it is no file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(PeersText.MAX_BYTES + 1);
    }
  }

  private Path setAside(DamagedPeers damage) throws PeerStoreException {
    String name = DAMAGED_PREFIX + TIMESTAMP.format(clock.instant());
    try {
      for (int i = 1; i <= MAX_DAMAGED_OF_ONE_TIME; i++) {
        Path aside = directory.resolve(i == 1 ? name : name + "-" + i);
        try {
          return Files.move(file, aside);
        } catch (FileAlreadyExistsException _) {
          // Taken by one that was set aside within the same second.
        }
      }
    } catch (IOException e) {
      throw new PeerStoreException(
          "%s %s, and cannot be set aside as %s: %s"
              .formatted(file, damage.getMessage(), directory.resolve(name), words(e)),
          e);
    }
    throw new PeerStoreException(
        "%s %s, and all names like %s are taken"
            .formatted(file, damage.getMessage(), directory.resolve(name)));
  }

  private Duration elapsed(long savedSeconds) {
    return Duration.ofSeconds(Math.clamp(nowSeconds() - savedSeconds, 0, MAX_ELAPSED.toSeconds()));
  }

  private long nowSeconds() {
    return Math.max(0, clock.instant().getEpochSecond());
  }

  /**
   * {@inheritDoc}
   *
   * @throws PeerStoreException if it cannot be kept
   * @throws IllegalArgumentException if it is more than a book and its anchors can be
   */
  @Override
  public void save(PeerMemory memory) throws PeerStoreException {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory);
      }
      Files.deleteIfExists(temporary);
      try {
        write(memory);
        disk.replace(file, temporary);
      } finally {
        removeTemporary(); // Where it has not become the file.
      }
      disk.syncDirectory(directory);
    } catch (IOException e) {
      throw new PeerStoreException(file + " cannot be written: " + words(e), e);
    }
  }

  private void write(PeerMemory memory) throws IOException {
    try (FileOutputStream out = disk.create(temporary)) {
      PeersText.write(memory, nowSeconds(), out);
      disk.sync(out);
    }
  }

  /** Why, without the name of the class of the exception. */
  private static String words(IOException e) {
    String message = e.getMessage();
    return switch (e) {
      case AccessDeniedException _ -> "access is denied";
      case FileAlreadyExistsException taken -> taken.getFile() + " is in the way";
      case FileSystemException refused when refused.getReason() != null -> refused.getReason();
      default -> message == null ? e.toString() : message;
    };
  }
}
