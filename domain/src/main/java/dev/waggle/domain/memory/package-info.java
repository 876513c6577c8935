/**
 * What waiting messages weigh, who gets memory that all links of a node share, and who gives way.
 */
@NullMarked
package dev.waggle.domain.memory;

import org.jspecify.annotations.NullMarked;
