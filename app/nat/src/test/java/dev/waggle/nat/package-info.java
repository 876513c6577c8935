@NullMarked
package dev.waggle.nat;

import org.jspecify.annotations.NullMarked;
