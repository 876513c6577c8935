@NullMarked
package dev.waggle.app.cli;

import org.jspecify.annotations.NullMarked;
