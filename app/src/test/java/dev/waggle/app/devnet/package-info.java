@NullMarked
package dev.waggle.app.devnet;

import org.jspecify.annotations.NullMarked;
