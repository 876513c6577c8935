/**
 * A connected peer, as the rules see it that send to it and find fault with it, whatever its links.
 */
@NullMarked
package dev.waggle.domain.neighbour;

import org.jspecify.annotations.NullMarked;
