/** Whose handshakes are taken up at all, before any arithmetic is spent on them (PROTOCOL §4.7). */
@NullMarked
package dev.waggle.domain.admission;

import org.jspecify.annotations.NullMarked;
