@NullMarked
package dev.waggle.cli.shape;

import org.jspecify.annotations.NullMarked;
