/** Tests of what passes between the threads. */
@NullMarked
package dev.waggle.node.runtime;

import org.jspecify.annotations.NullMarked;
