/**
 * Guice's part: which transport, suite, codec and crypto provider a node is made of.
 *
 * <p>Transports, suites and codecs are bound by name, in maps that modules of one's own add to.
 */
@NullMarked
package dev.waggle.node.wiring;

import org.jspecify.annotations.NullMarked;
