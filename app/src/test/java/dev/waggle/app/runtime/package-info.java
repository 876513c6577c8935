/** Tests of what passes between the threads. */
@NullMarked
package dev.waggle.app.runtime;

import org.jspecify.annotations.NullMarked;
