@NullMarked
package dev.waggle.app.config;

import org.jspecify.annotations.NullMarked;
