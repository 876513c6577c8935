/** A whole test network in one process, over real sockets. */
@NullMarked
package dev.waggle.app.devnet;

import org.jspecify.annotations.NullMarked;
