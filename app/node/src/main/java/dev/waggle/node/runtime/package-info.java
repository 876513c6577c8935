/**
 * The threads of a node, and what passes between them.
 *
 * <pre>
 *   transport's I/O threads          node thread               transport's I/O threads
 *   Link: session opens, decodes --> Inbox, one a link   --> P2PService --> OutgoingQueue --> Link: session seals
 *   Intake: id, known?, examine      Mailbox: whose turn?
 *         |            ^               |  ^      ^ publish
 *         v            | outcome       v  |      |
 *        HandshakePool-+        Naming,   |    GossipBridge: Intake  (miner, wallet, API)
 *                               Examinations,
 *                               Reconstructions
 * </pre>
 *
 * <p>The node thread only decides. What a message is called, and what can be said of it without
 * knowing anything else, is found out before its turn: on the I/O thread if that is quick, and else
 * on worker threads, while its queue is held back and the others go on. Blocks whose items came one
 * by one are put together there too; nothing waits for these.
 *
 * <p>Whatever waits has a bound for each link and one for all together: a {@link
 * dev.waggle.node.config.MemoryBudget}, of which {@link SharedMemory} is what links compete for.
 * Both ways have two {@link dev.waggle.domain.lane.Lane}s.
 */
@NullMarked
package dev.waggle.node.runtime;

import org.jspecify.annotations.NullMarked;
