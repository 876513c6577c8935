/** Tests of the pages, and a page to look at. */
@NullMarked
package dev.waggle.charts;

import org.jspecify.annotations.NullMarked;
