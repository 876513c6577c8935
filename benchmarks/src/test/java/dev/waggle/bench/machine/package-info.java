/** Tests of how busy a machine is. */
@NullMarked
package dev.waggle.bench.machine;

import org.jspecify.annotations.NullMarked;
