/** The live page: what nodes report, kept as a session and served to browsers. */
@NullMarked
package dev.waggle.operator.page;

import org.jspecify.annotations.NullMarked;
