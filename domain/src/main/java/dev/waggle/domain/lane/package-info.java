/** Which messages of a link may overtake which (PROTOCOL §7.3). */
@NullMarked
package dev.waggle.domain.lane;

import org.jspecify.annotations.NullMarked;
