/** The testkit: one contract suite for each port, in-memory fakes, and rules for all tests. */
@NullMarked
package dev.waggle.ports.testkit;

import org.jspecify.annotations.NullMarked;
