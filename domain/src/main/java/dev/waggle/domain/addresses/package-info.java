/**
 * Where other nodes can be dialled: what a node knows of that, what it believes, and what it tells
 * others (PROTOCOL §9.4, §9.5).
 */
@NullMarked
package dev.waggle.domain.addresses;

import org.jspecify.annotations.NullMarked;
