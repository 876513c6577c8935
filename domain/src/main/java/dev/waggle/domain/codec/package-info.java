/** Bincode, the codec that every node speaks (PROTOCOL §1.2 and §7.2). */
@NullMarked
package dev.waggle.domain.codec;

import org.jspecify.annotations.NullMarked;
