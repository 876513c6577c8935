/**
 * What an operator decides about a node: one table of keys, read from a file, the environment and
 * flags.
 */
@NullMarked
package dev.waggle.app.config;

import org.jspecify.annotations.NullMarked;
