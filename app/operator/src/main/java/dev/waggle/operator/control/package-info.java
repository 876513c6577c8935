/** Control: what an operator asks of a running node, by JSON-RPC 2.0 over HTTP. */
@NullMarked
package dev.waggle.operator.control;

import org.jspecify.annotations.NullMarked;
