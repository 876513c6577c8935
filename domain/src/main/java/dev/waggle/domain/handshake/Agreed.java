package dev.waggle.domain.handshake;

import dev.waggle.ports.crypto.CipherSuite;
import java.util.List;

/**
 * What a responder takes from an Offer (PROTOCOL §4.3).
 *
 * @param codec its name
 * @param features ids, ascending
 */
record Agreed(CipherSuite suite, String codec, List<Integer> features) {}
