/** Seals and opens the records of a link, under keys that keep changing (PROTOCOL §6). */
@NullMarked
package dev.waggle.domain.channel;

import org.jspecify.annotations.NullMarked;
