@NullMarked
package dev.waggle.cli.control;

import org.jspecify.annotations.NullMarked;
