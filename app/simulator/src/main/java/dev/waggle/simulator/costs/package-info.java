/** What nodes' work costs in processor time, as measured. */
@NullMarked
package dev.waggle.simulator.costs;

import org.jspecify.annotations.NullMarked;
