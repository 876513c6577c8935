/**
 * Guice's part: which transport, suite, codec and crypto provider a node is made of.
 *
 * <p>Transports, suites and codecs are bound by name, in maps that modules of one's own add to.
 * Names of hosts are looked up by the system, unless a module binds another {@link
 * dev.waggle.ports.node.NameService} (an optional binding of Guice's).
 */
@NullMarked
package dev.waggle.node.wiring;

import org.jspecify.annotations.NullMarked;
