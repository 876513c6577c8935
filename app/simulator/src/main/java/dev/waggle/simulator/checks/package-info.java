/** What must be true of a run, whatever goes wrong in it. */
@NullMarked
package dev.waggle.simulator.checks;

import org.jspecify.annotations.NullMarked;
