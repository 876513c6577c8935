@NullMarked
package dev.waggle.nat.gateways;

import org.jspecify.annotations.NullMarked;
