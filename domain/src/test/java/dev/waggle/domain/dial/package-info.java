@NullMarked
package dev.waggle.domain.dial;

import org.jspecify.annotations.NullMarked;
