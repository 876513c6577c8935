/** Catching up with chains that are not there. */
@NullMarked
package dev.waggle.domain.sync;

import org.jspecify.annotations.NullMarked;
