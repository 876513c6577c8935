@NullMarked
package dev.waggle.cli.seeder;

import org.jspecify.annotations.NullMarked;
