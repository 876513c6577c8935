/** What nodes of the command line tell a live page. */
@NullMarked
package dev.waggle.cli.page;

import org.jspecify.annotations.NullMarked;
