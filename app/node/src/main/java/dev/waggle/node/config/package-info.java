/** What an operator decides about a node: one table of keys. */
@NullMarked
package dev.waggle.node.config;

import org.jspecify.annotations.NullMarked;
