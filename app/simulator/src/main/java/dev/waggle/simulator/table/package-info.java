/**
 * Tables of figures in text files, as the simulator reads them: its own, and those of its users.
 */
@NullMarked
package dev.waggle.simulator.table;

import org.jspecify.annotations.NullMarked;
