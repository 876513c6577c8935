@NullMarked
package dev.waggle.domain.rates;

import org.jspecify.annotations.NullMarked;
