package dev.waggle.chain;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Kept blocks of another network than the one that the node is for. The message names both. */
public final class OtherNetworkException extends BlockStoreException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String kept;

  private OtherNetworkException(Path blocks, @Nullable String kept, String other, String own) {
    super(blocks + " holds blocks of the network " + other + ", and not of " + own);
    this.kept = kept;
  }

  /** Blocks of a network whose name is known. */
  static OtherNetworkException of(Path blocks, String kept, ChainRules rules) {
    return new OtherNetworkException(blocks, kept, kept, rules.network());
  }

  /** Blocks of a network of which nothing is known but the id of its first block. */
  static OtherNetworkException of(Path blocks, byte[] keptGenesis, ChainRules rules) {
    return new OtherNetworkException(
        blocks,
        null,
        "whose first block is " + HexFormat.of().formatHex(keptGenesis),
        "%s, whose first block is %s".formatted(rules.network(), rules.genesis().id()));
  }

  /** The name of the network whose blocks they are, if it is known. */
  public Optional<String> kept() {
    return Optional.ofNullable(kept);
  }
}
