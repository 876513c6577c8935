/** What every codec must pass, and the messages that it is tried with. */
@NullMarked
package dev.waggle.ports.testkit.wire;

import org.jspecify.annotations.NullMarked;
