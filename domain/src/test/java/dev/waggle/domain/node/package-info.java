/** Whole networks in one thread, under a virtual clock. */
@NullMarked
package dev.waggle.domain.node;

import org.jspecify.annotations.NullMarked;
