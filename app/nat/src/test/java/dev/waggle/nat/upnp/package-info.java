@NullMarked
package dev.waggle.nat.upnp;

import org.jspecify.annotations.NullMarked;
