/** What every implementation of the crypto ports does: a contract suite for each. */
@NullMarked
package dev.waggle.ports.testkit.crypto;

import org.jspecify.annotations.NullMarked;
