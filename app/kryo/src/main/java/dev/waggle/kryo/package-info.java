/** Codecs beside the domain's own: Kryo, which does not come near any other package. */
@NullMarked
package dev.waggle.kryo;

import org.jspecify.annotations.NullMarked;
