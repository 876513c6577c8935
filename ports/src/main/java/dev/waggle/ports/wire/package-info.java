/** Messages between peers, and how a codec turns them into bytes. */
@NullMarked
package dev.waggle.ports.wire;

import org.jspecify.annotations.NullMarked;
