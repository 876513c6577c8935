/** What happens to a node, as a stream that scripts read and as a log that people read. */
@NullMarked
package dev.waggle.app.events;

import org.jspecify.annotations.NullMarked;
