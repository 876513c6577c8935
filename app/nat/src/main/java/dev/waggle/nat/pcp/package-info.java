/** The Port Control Protocol (RFC 6887) and its predecessor NAT-PMP (RFC 6886), at one UDP port. */
@NullMarked
package dev.waggle.nat.pcp;

import org.jspecify.annotations.NullMarked;
