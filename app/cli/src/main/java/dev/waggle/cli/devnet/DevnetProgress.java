package dev.waggle.cli.devnet;

import dev.waggle.cli.devnet.DevnetReport.BlockReport;

/** Watches a devnet. Called by the thread that runs it. */
public interface DevnetProgress {
  /** So many of the links stand. */
  void linking(int links, int planned);

  /** All links stand. */
  void connected(DevnetReport soFar);

  /** A block is on its way; called again whenever it gets further. */
  void spreading(BlockReport block);

  /** A block has got as far as it will. */
  void spread(BlockReport block);
}
