@NullMarked
package dev.waggle.operator.control;

import org.jspecify.annotations.NullMarked;
