/** The log: how its lines look, where they go, and how many of the same are enough. */
@NullMarked
package dev.waggle.cli.logs;

import org.jspecify.annotations.NullMarked;
