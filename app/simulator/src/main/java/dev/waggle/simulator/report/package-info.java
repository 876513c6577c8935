/** What is told of a run: figures for people, for programs and for spreadsheets. */
@NullMarked
package dev.waggle.simulator.report;

import org.jspecify.annotations.NullMarked;
