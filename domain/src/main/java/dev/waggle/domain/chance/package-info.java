/**
 * What the rules of a node leave to chance, out of the one source of random bytes that it is given.
 */
@NullMarked
package dev.waggle.domain.chance;

import org.jspecify.annotations.NullMarked;
