/** Cryptography for tests: a seeded generator, and a suite without any security. */
@NullMarked
package dev.waggle.ports.testkit.crypto;

import org.jspecify.annotations.NullMarked;
