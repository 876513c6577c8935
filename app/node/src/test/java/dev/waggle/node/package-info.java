/** Tests of whole nodes, put together as the product does it. */
@NullMarked
package dev.waggle.node;

import org.jspecify.annotations.NullMarked;
