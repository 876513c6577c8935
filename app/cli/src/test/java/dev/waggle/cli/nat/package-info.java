/** Nodes behind real NATs: a lab of network namespaces, and what is tried in it. */
@NullMarked
package dev.waggle.cli.nat;

import org.jspecify.annotations.NullMarked;
