/** Nodes in processes of their own, started as people start them. */
@NullMarked
package dev.waggle.cli.process;

import org.jspecify.annotations.NullMarked;
