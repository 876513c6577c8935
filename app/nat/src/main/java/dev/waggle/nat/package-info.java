/** Has the routers before this machine let others through to it, and keeps it so. */
@NullMarked
package dev.waggle.nat;

import org.jspecify.annotations.NullMarked;
