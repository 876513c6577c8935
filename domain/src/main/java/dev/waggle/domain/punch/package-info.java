/** How two nodes that nobody can dial get a link with each other (PROTOCOL §9.10). */
@NullMarked
package dev.waggle.domain.punch;

import org.jspecify.annotations.NullMarked;
