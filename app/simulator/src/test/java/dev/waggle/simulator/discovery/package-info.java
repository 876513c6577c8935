/** How simulated nodes find each other, and what keeps them from it. */
@NullMarked
package dev.waggle.simulator.discovery;

import org.jspecify.annotations.NullMarked;
