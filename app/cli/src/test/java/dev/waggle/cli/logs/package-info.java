@NullMarked
package dev.waggle.cli.logs;

import org.jspecify.annotations.NullMarked;
