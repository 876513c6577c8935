/** Tests of the value types. */
@NullMarked
package dev.waggle.ports;

import org.jspecify.annotations.NullMarked;
