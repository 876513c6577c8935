/**
 * Tests that swapping a transport, a codec or a suite changes nothing but what was swapped: whole
 * nodes, put together as the product does it, whose messages are traced.
 */
@NullMarked
package dev.waggle.cli.swap;

import org.jspecify.annotations.NullMarked;
