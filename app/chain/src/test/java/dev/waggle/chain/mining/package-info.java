/** Tests of the local producers. */
@NullMarked
package dev.waggle.chain.mining;

import org.jspecify.annotations.NullMarked;
