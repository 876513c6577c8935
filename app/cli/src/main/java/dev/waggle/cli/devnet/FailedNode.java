package dev.waggle.cli.devnet;

/**
 * A node of a devnet that has ended by itself.
 *
 * @param node its number
 * @param why what ended it
 */
public record FailedNode(int node, Throwable why) {
  /** One line for the operator. */
  public String words() {
    return "node " + node + " has failed: " + why;
  }
}
