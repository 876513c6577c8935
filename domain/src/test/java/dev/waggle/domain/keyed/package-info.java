/** Tests of keyed hashes. */
@NullMarked
package dev.waggle.domain.keyed;

import org.jspecify.annotations.NullMarked;
