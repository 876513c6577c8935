package dev.waggle.ports.crypto;

import dev.waggle.ports.Bytes;

/** What encapsulation yields: a ciphertext for the peer, and the secret that it carries. */
public record Encapsulation(Bytes ciphertext, SecretBytes secret) {}
