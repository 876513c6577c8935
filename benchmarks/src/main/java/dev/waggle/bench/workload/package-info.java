/** What benchmarks work on: payloads, messages, identities, and how far a sender may be ahead. */
@NullMarked
package dev.waggle.bench.workload;

import org.jspecify.annotations.NullMarked;
