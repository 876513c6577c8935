/** Tests of what transports have in common. */
@NullMarked
package dev.waggle.ports.transport;

import org.jspecify.annotations.NullMarked;
