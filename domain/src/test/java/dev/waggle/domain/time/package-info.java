/** Tests of who is called when. */
@NullMarked
package dev.waggle.domain.time;

import org.jspecify.annotations.NullMarked;
