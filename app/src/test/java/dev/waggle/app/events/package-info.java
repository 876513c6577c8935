@NullMarked
package dev.waggle.app.events;

import org.jspecify.annotations.NullMarked;
