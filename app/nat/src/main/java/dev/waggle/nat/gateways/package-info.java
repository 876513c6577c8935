/** The routers before this machine, by its routing tables. */
@NullMarked
package dev.waggle.nat.gateways;

import org.jspecify.annotations.NullMarked;
