/** A network of real nodes, set up as the simulated one that it is compared with. */
@NullMarked
package dev.waggle.cli.calibrate;

import org.jspecify.annotations.NullMarked;
