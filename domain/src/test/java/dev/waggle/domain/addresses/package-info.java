/** Tests of what a node knows of where others can be dialled. */
@NullMarked
package dev.waggle.domain.addresses;

import org.jspecify.annotations.NullMarked;
