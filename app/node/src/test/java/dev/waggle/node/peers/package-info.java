@NullMarked
package dev.waggle.node.peers;

import org.jspecify.annotations.NullMarked;
