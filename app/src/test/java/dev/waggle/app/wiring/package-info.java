/** Tests of whole nodes, put together as the product does it. */
@NullMarked
package dev.waggle.app.wiring;

import org.jspecify.annotations.NullMarked;
