package dev.waggle.operator.control;

import dev.waggle.operator.server.WebServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Objects;
import org.eclipse.jetty.server.Handler;

/**
 * A server behind a Unix domain socket that only its owner can open, from the first moment on: it
 * is bound in a folder of its own that nobody else can enter, gets its mode there, and then its
 * place.
 */
final class SocketFile implements AutoCloseable {
  /** The shortest of the bounds that systems have, less than which nobody has to think of it. */
  private static final int SURE_PATH_BYTES = 100;

  private final WebServer server;
  private final Path file;
  private final Object key;

  private SocketFile(WebServer server, Path file, Object key) {
    this.server = server;
    this.file = file;
    this.key = key;
  }

  /**
   * Listens. What a node has left there that is gone is replaced; nothing else is.
   *
   * @throws IOException if that cannot be; the message is for the operator
   */
  static SocketFile listen(Path file, Handler handler) throws IOException {
    Path absolute = file.toAbsolutePath();
    requireFree(absolute);
    // As short as it can be: the path of a socket has about 100 bytes.
    String name = ".w" + Integer.toString(new SecureRandom().nextInt(36 * 36 * 36), 36);
    Path room = absolute.resolveSibling(name);
    Path unready = room.resolve("s");
    try {
      Files.createDirectory(
          room, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (UnsupportedOperationException e) {
      throw new IOException("others could open it on this file system", e);
    } catch (IOException e) {
      throw new IOException(whyNoRoom(e, Objects.requireNonNull(room.getParent())), e);
    }
    WebServer server = null;
    try {
      server = WebServer.onSocket(unready, handler);
      Files.setPosixFilePermissions(unready, PosixFilePermissions.fromString("rw-------"));
      Object key = key(unready);
      Files.move(unready, absolute, StandardCopyOption.ATOMIC_MOVE);
      return new SocketFile(server, absolute, key);
    } catch (IOException | RuntimeException e) {
      if (server != null) {
        server.close();
      }
      throw new IOException(explained(e, unready), e);
    } finally {
      delete(unready);
      delete(room);
    }
  }

  private static String whyNoRoom(IOException e, Path folder) {
    return switch (e) {
      case NoSuchFileException _ -> "there is no folder " + folder;
      case AccessDeniedException _ -> "the folder " + folder + " cannot be written to";
      case FileSystemException other -> folder + ": " + other.getReason();
      default -> folder + ": " + e.getMessage();
    };
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // An empty folder more is no reason not to start.
    }
  }

  private static String explained(Exception e, Path bound) {
    int length = bound.toString().getBytes(StandardCharsets.UTF_8).length;
    String why = String.valueOf(e.getMessage());
    return length <= SURE_PATH_BYTES
        ? why
        : why
            + "; it takes "
            + length
            + " bytes, and systems allow 104 to 108: choose a folder with a shorter path";
  }

  private static void requireFree(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    BasicFileAttributes found =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isOther()) {
      throw new IOException("there is something else, which is no socket");
    }
    if (isAlive(file)) {
      throw new IOException("another node listens there");
    }
  }

  /** Whether somebody listens, or may do so: only who is surely gone can be replaced. */
  private static boolean isAlive(Path file) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.configureBlocking(false);
      channel.connect(UnixDomainSocketAddress.of(file));
      return true;
    } catch (ConnectException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      throw new IOException("this system has no Unix domain sockets", e);
    }
  }

  private static Object key(Path file) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return Objects.requireNonNullElse(attributes.fileKey(), "none");
  }

  /** Stops listening, and removes the file, if it is still this one. */
  @Override
  public void close() {
    server.close();
    try {
      if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && key(file).equals(key)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      // The next node finds that nobody listens there, and replaces it.
    }
  }
}
