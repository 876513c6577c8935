@NullMarked
package dev.waggle.operator.server;

import org.jspecify.annotations.NullMarked;
