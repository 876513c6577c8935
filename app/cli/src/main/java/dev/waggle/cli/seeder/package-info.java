/** Which nodes a zone of the DNS names: those that a node has reached lately. */
@NullMarked
package dev.waggle.cli.seeder;

import org.jspecify.annotations.NullMarked;
