package dev.waggle.ports.node;

/** The name of one connection inside one process, never used twice. */
public record LinkId(long value) implements Comparable<LinkId> {
  @Override
  public int compareTo(LinkId other) {
    return Long.compare(value, other.value);
  }

  /** As generated, but inlined: a node looks its links up for each message that it sends. */
  @Override
  public boolean equals(Object other) {
    return other instanceof LinkId link && link.value == value;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(value);
  }

  @Override
  public String toString() {
    return "link-" + value;
  }
}
