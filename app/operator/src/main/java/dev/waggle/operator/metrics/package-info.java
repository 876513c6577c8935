/** What a node counts and measures, for Prometheus, and whether it is alive and ready. */
@NullMarked
package dev.waggle.operator.metrics;

import org.jspecify.annotations.NullMarked;
