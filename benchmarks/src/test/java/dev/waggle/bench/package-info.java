/** Tests of what benchmarks are made of. */
@org.jspecify.annotations.NullMarked
package dev.waggle.bench;
