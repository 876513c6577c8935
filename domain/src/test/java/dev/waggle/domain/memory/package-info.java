/** Tests of how memory is shared. */
@NullMarked
package dev.waggle.domain.memory;

import org.jspecify.annotations.NullMarked;
