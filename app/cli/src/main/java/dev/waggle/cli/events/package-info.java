/** What happens to a node, as a stream that scripts read and as a log that people read. */
@NullMarked
package dev.waggle.cli.events;

import org.jspecify.annotations.NullMarked;
