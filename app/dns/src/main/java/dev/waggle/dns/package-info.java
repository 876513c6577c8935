/**
 * Seeds from the DNS (PROTOCOL §9.6): a node's look-up, and the zone and the server of a seeder.
 */
@NullMarked
package dev.waggle.dns;

import org.jspecify.annotations.NullMarked;
