/** Nodes in processes of their own, started as people start them. */
@NullMarked
package dev.waggle.app.process;

import org.jspecify.annotations.NullMarked;
