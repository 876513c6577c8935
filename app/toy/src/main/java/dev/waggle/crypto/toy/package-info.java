/** Cryptography without any security, for simulations and tests: it costs next to nothing. */
@NullMarked
package dev.waggle.crypto.toy;

import org.jspecify.annotations.NullMarked;
