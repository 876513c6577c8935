/** Tests of whole nodes, put together as the product does it. */
@NullMarked
package dev.waggle.node.wiring;

import org.jspecify.annotations.NullMarked;
