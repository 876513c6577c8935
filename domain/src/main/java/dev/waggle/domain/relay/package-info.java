/** How blocks come to peers that have most of what is in them (PROTOCOL §8.4). */
@NullMarked
package dev.waggle.domain.relay;

import org.jspecify.annotations.NullMarked;
