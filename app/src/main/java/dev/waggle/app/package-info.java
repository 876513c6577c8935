/** The composition root: where the process starts. */
@NullMarked
package dev.waggle.app;

import org.jspecify.annotations.NullMarked;
