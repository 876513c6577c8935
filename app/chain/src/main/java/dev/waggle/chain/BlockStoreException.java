package dev.waggle.chain;

import java.io.IOException;

/**
 * Kept blocks that cannot be used: damaged, another network's, or in use by another node. The
 * message is for the operator, and names the file.
 */
public sealed class BlockStoreException extends IOException permits OtherNetworkException {
  private static final long serialVersionUID = 1L;

  BlockStoreException(String message) {
    super(message);
  }
}
