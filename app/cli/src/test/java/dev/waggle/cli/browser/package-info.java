/** A browser without a screen, for tests of pages. */
@NullMarked
package dev.waggle.cli.browser;

import org.jspecify.annotations.NullMarked;
