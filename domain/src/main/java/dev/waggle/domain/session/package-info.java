/** One connection, from its first byte to its last: frames, handshake, records and messages. */
@NullMarked
package dev.waggle.domain.session;

import org.jspecify.annotations.NullMarked;
