/** What a node tells its operator, and does for them. */
@NullMarked
package dev.waggle.ports.operator;

import org.jspecify.annotations.NullMarked;
