@NullMarked
package dev.waggle.domain.punch;

import org.jspecify.annotations.NullMarked;
