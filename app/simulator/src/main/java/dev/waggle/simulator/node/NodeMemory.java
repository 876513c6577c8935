package dev.waggle.simulator.node;

/**
 * What a node may hold for its links: the budget of a real node with a heap of 512 MiB.
 *
 * @param incomingBytes for messages that span records, until the node has handled them
 * @param outgoingBytes for what waits to be sent, beyond what every link may have
 * @param perLinkBytes that may wait on every link, each way, without asking
 */
public record NodeMemory(long incomingBytes, long outgoingBytes, long perLinkBytes) {
  private static final long MIB = 1024 * 1024;

  public static final NodeMemory DEFAULT = new NodeMemory(64 * MIB, 64 * MIB, MIB / 4);
}
