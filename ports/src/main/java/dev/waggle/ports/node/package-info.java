/** What a node does to the world, and what the world hears from it. */
@NullMarked
package dev.waggle.ports.node;

import org.jspecify.annotations.NullMarked;
