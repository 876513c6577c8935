package dev.waggle.netty;

/**
 * A facility that was asked for by name and that this machine does not have. The message is one
 * line for the operator: it names the option, what was asked for, and why it cannot be had.
 */
public final class NettyIoUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NettyIoUnavailable(NettyIo wanted, String reason, Throwable cause) {
    super("--netty-io " + wanted + ": not available on this machine: " + reason, cause);
  }
}
