/**
 * Whom this node is connected to, whom it dials, and who is late, slow or ill-behaved (PROTOCOL
 * §9).
 */
@NullMarked
package dev.waggle.domain.peers;

import org.jspecify.annotations.NullMarked;
