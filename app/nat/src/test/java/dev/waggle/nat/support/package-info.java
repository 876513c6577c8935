/** Routers that do what a test wants, lies included, and what a real one said. */
@NullMarked
package dev.waggle.nat.support;

import org.jspecify.annotations.NullMarked;
