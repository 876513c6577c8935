/** A node's metrics, where its operator wants them. */
@NullMarked
package dev.waggle.cli.metrics;

import org.jspecify.annotations.NullMarked;
