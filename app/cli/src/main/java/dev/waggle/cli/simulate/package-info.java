/** What {@code waggle simulate} is asked for, as the simulator takes it. */
@NullMarked
package dev.waggle.cli.simulate;

import org.jspecify.annotations.NullMarked;
