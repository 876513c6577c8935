@NullMarked
package dev.waggle.cli.calibrate;

import org.jspecify.annotations.NullMarked;
