/** Tests of the chain, and the fakes that tests of its users share. */
@NullMarked
package dev.waggle.chain;

import org.jspecify.annotations.NullMarked;
