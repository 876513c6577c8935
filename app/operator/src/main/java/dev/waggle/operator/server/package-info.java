/** HTTP for operators, over TCP or a Unix domain socket. */
@NullMarked
package dev.waggle.operator.server;

import org.jspecify.annotations.NullMarked;
