package dev.waggle.ports.node;

/** The name of one connection inside one process, never used twice. */
public record LinkId(long value) implements Comparable<LinkId> {
  @Override
  public int compareTo(LinkId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return "link-" + value;
  }
}
