/** A whole node: the network's half and the chain's half together. */
@NullMarked
package dev.waggle.cli.node;

import org.jspecify.annotations.NullMarked;
