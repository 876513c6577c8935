/** Tests of whether others can dial a node, and how it finds out. */
@NullMarked
package dev.waggle.domain.reach;

import org.jspecify.annotations.NullMarked;
