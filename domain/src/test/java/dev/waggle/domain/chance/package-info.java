/** Tests that chance is fair. */
@NullMarked
package dev.waggle.domain.chance;

import org.jspecify.annotations.NullMarked;
