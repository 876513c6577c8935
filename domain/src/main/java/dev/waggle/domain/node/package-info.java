/** The node's one state machine above its links: peers and gossip together. */
@NullMarked
package dev.waggle.domain.node;

import org.jspecify.annotations.NullMarked;
