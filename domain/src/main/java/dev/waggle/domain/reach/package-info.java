/** Whether others can dial this node, and how it finds out (PROTOCOL §9.9). */
@NullMarked
package dev.waggle.domain.reach;

import org.jspecify.annotations.NullMarked;
