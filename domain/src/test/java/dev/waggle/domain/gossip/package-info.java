/** Gossip among peers that are not there. */
@NullMarked
package dev.waggle.domain.gossip;

import org.jspecify.annotations.NullMarked;
