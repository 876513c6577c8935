@NullMarked
package dev.waggle.nat.router;

import org.jspecify.annotations.NullMarked;
