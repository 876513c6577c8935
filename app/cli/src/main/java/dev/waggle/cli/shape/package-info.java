/** What lies between the nodes of a devnet, as an operator describes it. */
@NullMarked
package dev.waggle.cli.shape;

import org.jspecify.annotations.NullMarked;
