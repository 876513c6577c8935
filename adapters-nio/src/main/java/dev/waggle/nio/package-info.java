/** Byte streams over the selectors of {@code java.nio}, with nothing but the JDK. */
@NullMarked
package dev.waggle.nio;

import org.jspecify.annotations.NullMarked;
