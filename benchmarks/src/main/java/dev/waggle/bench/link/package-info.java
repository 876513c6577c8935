/**
 * Connections over loopback that are compared: Waggle's, over each of its transports, and those of
 * its peers. {@link dev.waggle.bench.link.Contender} lists them.
 */
@NullMarked
package dev.waggle.bench.link;

import org.jspecify.annotations.NullMarked;
