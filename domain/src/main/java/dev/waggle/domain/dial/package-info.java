/**
 * How an endpoint is reached that has several addresses: in which order they are dialled, when, and
 * which connection is kept (RFC 8305).
 */
@NullMarked
package dev.waggle.domain.dial;

import org.jspecify.annotations.NullMarked;
