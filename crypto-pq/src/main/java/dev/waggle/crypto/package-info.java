/**
 * The crypto ports for real: ML-KEM and ML-DSA by the JDK or by Bouncy Castle, X-Wing, AES-256-GCM,
 * HKDF, and the file that keeps a node's identity.
 *
 * <p>{@link CipherSuites} is the way in.
 */
@NullMarked
package dev.waggle.crypto;

import org.jspecify.annotations.NullMarked;
