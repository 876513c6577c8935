/**
 * The protocol, without I/O: time and randomness come in as arguments, bytes go out as values.
 *
 * <p>The specification that this code follows, and cites, is {@code domain/PROTOCOL.md}.
 */
@NullMarked
package dev.waggle.domain;

import org.jspecify.annotations.NullMarked;
