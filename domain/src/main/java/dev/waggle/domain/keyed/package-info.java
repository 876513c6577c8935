/** Hashes that nobody can predict who has not the key. */
@NullMarked
package dev.waggle.domain.keyed;

import org.jspecify.annotations.NullMarked;
