/** The cryptographic primitives that the protocol is built from, as interfaces. */
@NullMarked
package dev.waggle.ports.crypto;

import org.jspecify.annotations.NullMarked;
