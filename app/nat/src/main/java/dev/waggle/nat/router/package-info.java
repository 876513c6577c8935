/** One router: what it can be asked, what may come of it, and how datagrams go to it and back. */
@NullMarked
package dev.waggle.nat.router;

import org.jspecify.annotations.NullMarked;
