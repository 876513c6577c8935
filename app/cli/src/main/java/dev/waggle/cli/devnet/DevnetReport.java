package dev.waggle.cli.devnet;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What became of a devnet. Its JSON is an interface that scripts rely on: fields may be added
 * behind the others, and nothing else may change.
 *
 * @param transport the name under which it was chosen; of several all, with commas
 * @param suite the suite that the links negotiated, or all of them, with commas
 * @param codec the codec that the links negotiated, or all of them, with commas
 * @param links pairs of nodes that were linked when the devnet ended, or gave up
 * @param ok whether every block reached every node and all chains agree
 * @param millisStart until the last node listened
 * @param millisConnect from then on until all nodes had found the peers that they want
 * @param problem why it is not ok, or null
 * @param shape what lay between the nodes, in words, or null for nothing
 */
public record DevnetReport(
    int nodes,
    String transport,
    String suite,
    String codec,
    int links,
    List<BlockReport> blocks,
    boolean ok,
    double millisStart,
    double millisConnect,
    @Nullable String problem,
    @Nullable String shape) {
  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * How a block spread.
   *
   * @param minedBy the PeerId of the node that mined it
   * @param reached how many nodes have accepted it, its miner included
   * @param millisP50 until half of the other nodes had it, from when its miner had it
   * @param millisMax until the last of those that it reached had it
   * @param transactions how many it has
   * @param bytes of the whole block
   */
  public record BlockReport(
      long height,
      String hash,
      String minedBy,
      int reached,
      double millisP50,
      double millisMax,
      int transactions,
      int bytes) {}

  /** One object on one line. */
  public String json() {
    return MAPPER.writeValueAsString(this);
  }
}
