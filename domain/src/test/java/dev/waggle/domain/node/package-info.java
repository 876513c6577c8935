/** The node as one; whole networks of it are the simulator's to test. */
@NullMarked
package dev.waggle.domain.node;

import org.jspecify.annotations.NullMarked;
