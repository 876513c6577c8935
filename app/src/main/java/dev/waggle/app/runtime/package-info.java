/**
 * The threads of a node, and what passes between them.
 *
 * <pre>
 *   transport's I/O threads          node thread               transport's I/O threads
 *   Link: session opens, decodes --> Mailbox --> P2PService --> OutgoingQueue --> Link: session seals
 *         |            ^                ^
 *         v            | outcome        | publish
 *        HandshakePool-+           GossipBridge  (miner, wallet, API)
 * </pre>
 */
@NullMarked
package dev.waggle.app.runtime;

import org.jspecify.annotations.NullMarked;
