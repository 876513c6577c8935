/** Real transports whose bytes take as long as the network model says. */
@NullMarked
package dev.waggle.simulator.shape;

import org.jspecify.annotations.NullMarked;
