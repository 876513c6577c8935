@NullMarked
package dev.waggle.cli.events;

import org.jspecify.annotations.NullMarked;
