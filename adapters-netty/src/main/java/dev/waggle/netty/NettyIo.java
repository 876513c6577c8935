package dev.waggle.netty;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the operator wants the system's sockets to be served. */
public enum NettyIo {
  /** The best facility that is there. */
  AUTO,
  /** Linux io_uring, or nothing. */
  IO_URING,
  /** Linux epoll, or nothing. */
  EPOLL,
  /** The selectors of {@code java.nio}, which every platform has. */
  NIO;

  /** What the option is called that says so. */
  public static final String OPTION = "netty_io";

  /**
   * Reads {@code auto}, {@code io_uring}, {@code epoll} or {@code nio}.
   *
   * @throws IllegalArgumentException if {@code text} is anything else; the message says what is
   *     expected
   */
  public static NettyIo parse(String text) {
    for (NettyIo io : values()) {
      if (io.toString().equals(text)) {
        return io;
      }
    }
    String names = Arrays.stream(values()).map(NettyIo::toString).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("expected one of " + names + ", not '" + text + "'");
  }

  /** The name that {@link #parse} reads. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
