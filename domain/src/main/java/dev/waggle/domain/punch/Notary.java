package dev.waggle.domain.punch;

/** Signs and checks beside the node thread, with {@link Notarization#complete}. */
public interface Notary {
  /** Of a node that meets nobody: nothing comes back. */
  Notary NONE = _ -> {};

  /**
   * Begins; the result is handed to {@link
   * dev.waggle.domain.node.P2PService#notarized(Notarization, Notarized, long)} later, not from
   * inside this call. What cannot be done has the result {@link Notarized#REFUSED}.
   *
   * @param work of which 8 are open at most
   */
  void notarize(Notarization work);
}
