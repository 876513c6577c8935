/**
 * {@code ./waggle bench}: runs the suite by a {@link dev.waggle.bench.report.Plan}, keeps what it
 * gave in one file, judges that by the {@link dev.waggle.bench.report.Targets}, and shows it.
 */
@NullMarked
package dev.waggle.bench.report;

import org.jspecify.annotations.NullMarked;
