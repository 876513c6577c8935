/**
 * The boundary of the hexagon: interfaces, and the value types that they mention.
 *
 * <p>Everything points here and this points at nothing but {@code java.base}. There is no behaviour
 * beyond validation: a value of one of these types is valid from its construction on.
 */
@NullMarked
package dev.waggle.ports;

import org.jspecify.annotations.NullMarked;
