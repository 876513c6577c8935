/** A run of the simulator: what it shall do, the doing, and what is measured. */
@NullMarked
package dev.waggle.simulator.run;

import org.jspecify.annotations.NullMarked;
