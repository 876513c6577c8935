@NullMarked
package dev.waggle.nat.pcp;

import org.jspecify.annotations.NullMarked;
