/** Tests of what codecs work on. */
@NullMarked
package dev.waggle.ports.wire;

import org.jspecify.annotations.NullMarked;
