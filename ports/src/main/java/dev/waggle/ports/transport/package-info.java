/** Byte streams between endpoints: what a transport adapter implements. */
@NullMarked
package dev.waggle.ports.transport;

import org.jspecify.annotations.NullMarked;
