/**
 * The threads of a node, and what passes between them.
 *
 * <pre>
 *   transport's I/O threads          node thread               transport's I/O threads
 *   Link: session opens, decodes --> Inbox, one a link   --> P2PService --> OutgoingQueue --> Link: session seals
 *         |            ^             Mailbox: whose turn?
 *         v            | outcome        ^ publish
 *        HandshakePool-+           GossipBridge  (miner, wallet, API)
 * </pre>
 *
 * <p>Whatever waits has a bound for each link and one for all together: a {@link MemoryBudget}, of
 * which {@link SharedMemory} is what links compete for. Both ways have two {@link Lane}s.
 */
@NullMarked
package dev.waggle.app.runtime;

import org.jspecify.annotations.NullMarked;
