/** Peers that are as well or as badly behaved as a test wants them. */
@NullMarked
package dev.waggle.domain.peers;

import org.jspecify.annotations.NullMarked;
