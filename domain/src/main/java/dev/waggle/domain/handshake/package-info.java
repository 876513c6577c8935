/** Proves to each of two peers who the other is, and leaves them with keys (PROTOCOL §4). */
@NullMarked
package dev.waggle.domain.handshake;

import org.jspecify.annotations.NullMarked;
