/** What an operator decides about a node, read from a file, the environment and flags. */
@NullMarked
package dev.waggle.cli.config;

import org.jspecify.annotations.NullMarked;
