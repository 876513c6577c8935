/** The rules inside the modules; Maven enforces those between them. */
@NullMarked
package dev.waggle.cli.architecture;

import org.jspecify.annotations.NullMarked;
