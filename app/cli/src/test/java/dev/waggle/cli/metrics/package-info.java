@NullMarked
package dev.waggle.cli.metrics;

import org.jspecify.annotations.NullMarked;
