@NullMarked
package dev.waggle.cli.devnet;

import org.jspecify.annotations.NullMarked;
