/**
 * Pages with charts, each one file that needs nothing else: text, tables, curves, bars and
 * networks, with Apache ECharts inside.
 *
 * <p>Whoever makes a page says what it shows: a {@link dev.waggle.charts.Page} is a value, of
 * values. How it looks is decided here, so that all pages of the project look alike, in light and
 * dark, on a phone and on a desk. Every chart is a table too, for those who do not see it.
 *
 * <p>Nothing is fetched when a page is opened, and its own policy (CSP) forbids it: scripts and
 * styles run by their hashes only, and what a page is told is data, never markup.
 */
@NullMarked
package dev.waggle.charts;

import org.jspecify.annotations.NullMarked;
