/** What a node knows of others, kept in its data directory. */
@NullMarked
package dev.waggle.node.peers;

import org.jspecify.annotations.NullMarked;
