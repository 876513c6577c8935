/**
 * The contract of {@link dev.waggle.ports.transport.Transport}: one suite that every adapter
 * passes, and an in-memory transport that can split, delay and cut.
 */
@NullMarked
package dev.waggle.ports.testkit.transport;

import org.jspecify.annotations.NullMarked;
