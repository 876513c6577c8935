package dev.waggle.cli.devnet;

import dev.waggle.cli.devnet.DevnetReport.BlockReport;

/** Watches a devnet. Called by the thread that runs it. */
public interface DevnetProgress {
  /** So many of the nodes have the links that they want, and so many links stand in all. */
  void joining(int joined, int nodes, int links);

  /** All nodes have the links that they want. */
  void connected(DevnetReport soFar);

  /** A block is on its way; called again whenever it gets further. */
  void spreading(BlockReport block);

  /** A block has got as far as it will. */
  void spread(BlockReport block);
}
