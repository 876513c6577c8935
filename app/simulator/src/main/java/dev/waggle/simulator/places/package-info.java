/** Where simulated nodes are, and how far apart. */
@NullMarked
package dev.waggle.simulator.places;

import org.jspecify.annotations.NullMarked;
