/** How much each peer may tell unasked, and what becomes of what exceeds that (PROTOCOL §9.7). */
@NullMarked
package dev.waggle.domain.rates;

import org.jspecify.annotations.NullMarked;
