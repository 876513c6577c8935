/** Whether a simulated network does what the same network of real nodes has done. */
@NullMarked
package dev.waggle.simulator.calibration;

import org.jspecify.annotations.NullMarked;
