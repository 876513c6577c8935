/** Attackers that want a node linked with nobody but them, and how far they come. */
@NullMarked
package dev.waggle.simulator.siege;

import org.jspecify.annotations.NullMarked;
