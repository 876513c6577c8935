/** The command line: what can be asked for, how it is answered, and with which exit code. */
@NullMarked
package dev.waggle.cli;

import org.jspecify.annotations.NullMarked;
