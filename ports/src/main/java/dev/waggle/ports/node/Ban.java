package dev.waggle.ports.node;

import dev.waggle.ports.IpAddress;
import dev.waggle.ports.IpSubnet;
import dev.waggle.ports.PeerId;
import java.time.Duration;

/**
 * Whom a node will have nothing, or less, to do with, why, and for how long (PROTOCOL §8.3).
 *
 * <p>It ends after a span of the node's own time, not at a time of day: a wall clock that jumps
 * makes none eternal.
 *
 * @param secondsLeft until it is over, 0 to {@link #MAX_SECONDS}
 * @param reason for an operator to read: 1 to {@link #MAX_REASON_LENGTH} characters that can be
 *     printed, on one line, with no space at either end
 */
public record Ban(Subject subject, Kind kind, long secondsLeft, String reason) {
  /** Ten years: as good as for ever, and a number that no sum of times overflows with. */
  public static final long MAX_SECONDS = Duration.ofDays(3650).toSeconds();

  public static final int MAX_REASON_LENGTH = 200;

  /** Whom it is about. */
  public sealed interface Subject {
    /**
     * Parses a PeerId, an address, or a subnet.
     *
     * @throws IllegalArgumentException if {@code text} is anything else; the message says what is
     *     expected
     */
    static Subject parse(String text) {
      if (text.length() == 2 * PeerId.LENGTH) {
        return new Peer(PeerId.ofHex(text));
      }
      return new Subnet(IpSubnet.parse(text));
    }
  }

  /** Whoever proves this identity, from wherever. */
  public record Peer(PeerId id) implements Subject {
    @Override
    public String toString() {
      return id.toString();
    }
  }

  /** Whoever is at these addresses, or at this one. */
  public record Subnet(IpSubnet addresses) implements Subject {
    /** One address. */
    public Subnet(IpAddress address) {
      this(IpSubnet.of(address));
    }

    @Override
    public String toString() {
      return addresses.toString();
    }
  }

  /** Where it comes from, and what it means. */
  public enum Kind {
    /** The operator has said so: no link to or from it, and nobody is told of it. */
    OPERATOR("operator"),
    /** The node has banned a peer that misbehaved: no link with that PeerId. */
    MISBEHAVIOUR("misbehaviour"),
    /** A peer misbehaved from that address: others go first, and nobody is told of it. */
    DISCOURAGED("discouraged");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** What operators read. */
    public String word() {
      return word;
    }
  }

  public Ban {
    if (secondsLeft < 0 || secondsLeft > MAX_SECONDS) {
      throw new IllegalArgumentException(
          "a ban is for 0 to " + MAX_SECONDS + " s, and not for " + secondsLeft);
    }
    if (reason.isEmpty() || reason.length() > MAX_REASON_LENGTH) {
      throw new IllegalArgumentException(
          "the reason of a ban has 1 to "
              + MAX_REASON_LENGTH
              + " characters, not "
              + reason.length());
    }
    if (!reason.equals(reason.strip()) || !reason.codePoints().allMatch(Ban::isPrintable)) {
      throw new IllegalArgumentException(
          "the reason of a ban is one line that can be printed, with no space at either end");
    }
  }

  /** What neither breaks a line nor changes how a terminal shows others. */
  private static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** The same, {@code time} later: with 0 seconds left once it is over. */
  public Ban after(Duration time) {
    return new Ban(subject, kind, Math.max(0, secondsLeft - time.toSeconds()), reason);
  }
}
