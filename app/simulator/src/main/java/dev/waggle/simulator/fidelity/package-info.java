/**
 * The protocol between a connection and a node, in two ways: byte for byte, or by messages whose
 * bytes are counted.
 */
@NullMarked
package dev.waggle.simulator.fidelity;

import org.jspecify.annotations.NullMarked;
