/**
 * A small but honest chain, so that gossip carries something real and its validator has something
 * to reject: proof of work, most work wins, transactions that say something once.
 *
 * <p>There are no accounts and no balances: a transaction is a note, and valid if it is well formed
 * and not in the chain yet. A block's hash is the id of the gossip message that carries it, so a
 * missing parent is requested like any other message (PROTOCOL §8.2).
 */
@NullMarked
package dev.waggle.chain;

import org.jspecify.annotations.NullMarked;
