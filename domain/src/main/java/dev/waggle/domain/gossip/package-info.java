/** What is told to whom: ids, the seen-cache, push, announce and request (PROTOCOL §8). */
@NullMarked
package dev.waggle.domain.gossip;

import org.jspecify.annotations.NullMarked;
