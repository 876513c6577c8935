/** A whole node under virtual time: its rules are the real ones, its threads are queues. */
@NullMarked
package dev.waggle.simulator.node;

import org.jspecify.annotations.NullMarked;
