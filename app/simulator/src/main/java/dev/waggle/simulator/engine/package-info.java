/** Virtual time, and chance from one seed. */
@NullMarked
package dev.waggle.simulator.engine;

import org.jspecify.annotations.NullMarked;
