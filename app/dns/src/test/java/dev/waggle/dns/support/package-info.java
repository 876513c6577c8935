/** A DNS server that does what a test wants, lies included. */
@NullMarked
package dev.waggle.dns.support;

import org.jspecify.annotations.NullMarked;
