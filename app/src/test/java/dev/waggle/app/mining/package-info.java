/** Tests of the local producers. */
@NullMarked
package dev.waggle.app.mining;

import org.jspecify.annotations.NullMarked;
