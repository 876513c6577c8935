/** A line between processes on loopback: TCP with a latency and a bandwidth, made in user space. */
@NullMarked
package dev.waggle.cli.line;

import org.jspecify.annotations.NullMarked;
