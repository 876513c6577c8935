/** What goes wrong in a run: as data that can be read, written, drawn and taken away one by one. */
@NullMarked
package dev.waggle.simulator.faults;

import org.jspecify.annotations.NullMarked;
