@NullMarked
package dev.waggle.cli.simulate;

import org.jspecify.annotations.NullMarked;
