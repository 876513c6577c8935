/** Cuts the incoming bytes of a connection into frames (PROTOCOL §5). */
@NullMarked
package dev.waggle.domain.frame;

import org.jspecify.annotations.NullMarked;
