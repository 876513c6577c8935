/** Tests of the cryptographic value types. */
@NullMarked
package dev.waggle.ports.crypto;

import org.jspecify.annotations.NullMarked;
