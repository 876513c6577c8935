/** What a node wants of the routers between it and the others. */
@NullMarked
package dev.waggle.ports.nat;

import org.jspecify.annotations.NullMarked;
