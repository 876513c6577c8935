/** Tests of {@code ./waggle bench}. */
@org.jspecify.annotations.NullMarked
package dev.waggle.bench.report;
