/** A whole test network in one process, over real sockets. */
@NullMarked
package dev.waggle.cli.devnet;

import org.jspecify.annotations.NullMarked;
