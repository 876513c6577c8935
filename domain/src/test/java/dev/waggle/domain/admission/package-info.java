/** Floods of handshakes, without the handshakes. */
@NullMarked
package dev.waggle.domain.admission;

import org.jspecify.annotations.NullMarked;
