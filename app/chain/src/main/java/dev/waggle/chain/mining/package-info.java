/**
 * Local producers of blocks and transactions. They meet the network only through {@link
 * dev.waggle.ports.gossip.GossipPublisher}: what they make is judged like a peer's.
 */
@NullMarked
package dev.waggle.chain.mining;

import org.jspecify.annotations.NullMarked;
