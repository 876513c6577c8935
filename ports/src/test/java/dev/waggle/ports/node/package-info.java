/** Tests of what a node is told and shown. */
@NullMarked
package dev.waggle.ports.node;

import org.jspecify.annotations.NullMarked;
