package dev.waggle.ports;

import dev.waggle.ports.crypto.SigningKeyPair;

/**
 * Who this node is: its long-term signing key and the PeerId that follows from it.
 *
 * @param algorithm the signature algorithm's FIPS 204 name, for example {@code ML-DSA-65}; the node
 *     can use only the cipher suites that sign with it
 * @param peerId SHA-256 of the raw public key
 * @param keyPair the key pair, as the provider that loaded it holds it
 */
public record PeerIdentity(String algorithm, PeerId peerId, SigningKeyPair keyPair) {}
