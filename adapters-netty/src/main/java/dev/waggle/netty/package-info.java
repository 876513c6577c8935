/** Byte streams over Netty: TCP by io_uring, epoll or java.nio. */
@NullMarked
package dev.waggle.netty;

import org.jspecify.annotations.NullMarked;
