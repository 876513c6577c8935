@NullMarked
package dev.waggle.dns;

import org.jspecify.annotations.NullMarked;
