package dev.waggle.chain;

/** A chain as everybody but the node's own thread sees it. Safe from any thread; never blocks. */
public interface ChainReader {
  ChainRules rules();

  /** The chain as it is now. */
  ChainView view();

  void addListener(ChainListener listener);

  void removeListener(ChainListener listener);
}
