/** The rules inside the modules; Maven enforces those between them. */
@NullMarked
package dev.waggle.app.architecture;

import org.jspecify.annotations.NullMarked;
