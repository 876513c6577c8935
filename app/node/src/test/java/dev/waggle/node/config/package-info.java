@NullMarked
package dev.waggle.node.config;

import org.jspecify.annotations.NullMarked;
