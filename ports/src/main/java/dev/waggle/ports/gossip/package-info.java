/** Between gossip and the application above it: what is valid, what is new, what is known. */
@NullMarked
package dev.waggle.ports.gossip;

import org.jspecify.annotations.NullMarked;
