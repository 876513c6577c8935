/** The JMH suite: what the hot path and the handshake cost. */
@NullMarked
package dev.waggle.bench;

import org.jspecify.annotations.NullMarked;
