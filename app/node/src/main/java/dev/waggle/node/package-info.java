/** A node to embed. API.md says which packages are made to be used, and which are not. */
@NullMarked
package dev.waggle.node;

import org.jspecify.annotations.NullMarked;
