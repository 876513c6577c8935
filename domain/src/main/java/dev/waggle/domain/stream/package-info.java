/**
 * Carries messages over records: small ones share a record, large ones span several (PROTOCOL
 * §7.1).
 */
@NullMarked
package dev.waggle.domain.stream;

import org.jspecify.annotations.NullMarked;
