package dev.waggle.ports.operator;

/**
 * What a node has dropped since its start because its peers told too much, by kind.
 *
 * @param transactions that nobody had asked for
 * @param blocks the same
 * @param evidence the same
 * @param announcedIds ids in Announces
 * @param requestedIds ids in Requests
 * @param requestedHeaders in GetHeaders, with what each of these counts besides
 * @param pings not answered
 * @param getAddrs not looked at
 * @param observations not looked at
 * @param addresses in Addrs
 */
public record Excess(
    long transactions,
    long blocks,
    long evidence,
    long announcedIds,
    long requestedIds,
    long requestedHeaders,
    long pings,
    long getAddrs,
    long observations,
    long addresses) {

  /** Of all kinds together. */
  public long total() {
    return transactions
        + blocks
        + evidence
        + announcedIds
        + requestedIds
        + requestedHeaders
        + pings
        + getAddrs
        + observations
        + addresses;
  }
}
