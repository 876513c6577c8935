@NullMarked
package dev.waggle.cli.config;

import org.jspecify.annotations.NullMarked;
