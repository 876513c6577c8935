@NullMarked
package dev.waggle.operator.metrics;

import org.jspecify.annotations.NullMarked;
