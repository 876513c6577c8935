/** The machine on which a benchmark runs: how much of it others use meanwhile. */
@NullMarked
package dev.waggle.bench.machine;

import org.jspecify.annotations.NullMarked;
