/** When the rules of a node want to be called again. The time itself comes in as an argument. */
@NullMarked
package dev.waggle.domain.time;

import org.jspecify.annotations.NullMarked;
