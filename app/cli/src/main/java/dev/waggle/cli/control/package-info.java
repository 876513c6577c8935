/** The other end of a node's control: asks it, and shows what it says. */
@NullMarked
package dev.waggle.cli.control;

import org.jspecify.annotations.NullMarked;
