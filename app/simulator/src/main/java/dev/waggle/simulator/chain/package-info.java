/** The reference chain as the application of simulated nodes. */
@NullMarked
package dev.waggle.simulator.chain;

import org.jspecify.annotations.NullMarked;
