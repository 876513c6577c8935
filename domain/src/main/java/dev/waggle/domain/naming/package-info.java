/** The ids of gossip messages (PROTOCOL §8.1). */
@NullMarked
package dev.waggle.domain.naming;

import org.jspecify.annotations.NullMarked;
