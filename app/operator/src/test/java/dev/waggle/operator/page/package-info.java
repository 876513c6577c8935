@NullMarked
package dev.waggle.operator.page;

import org.jspecify.annotations.NullMarked;
