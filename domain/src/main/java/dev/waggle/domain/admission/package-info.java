/**
 * Whose handshakes are taken up at all, before any arithmetic is spent on them (PROTOCOL §4.7), and
 * whose inbound links are held when that is done (PROTOCOL §9.1).
 */
@NullMarked
package dev.waggle.domain.admission;

import org.jspecify.annotations.NullMarked;
