/** Catches up with a chain of which the node is behind: headers first, then blocks from several. */
@NullMarked
package dev.waggle.domain.sync;

import org.jspecify.annotations.NullMarked;
