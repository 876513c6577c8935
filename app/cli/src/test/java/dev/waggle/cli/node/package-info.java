@NullMarked
package dev.waggle.cli.node;

import org.jspecify.annotations.NullMarked;
