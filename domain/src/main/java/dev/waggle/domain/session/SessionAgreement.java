package dev.waggle.domain.session;

import dev.waggle.domain.handshake.Role;
import dev.waggle.domain.handshake.VerifiedPeer;
import dev.waggle.ports.crypto.CipherSuite;
import java.util.List;

/**
 * What the two sides of an established session have agreed on.
 *
 * @param role this side's in the handshake. It says nothing about who wanted the session where both
 *     sides dialled (PROTOCOL §4.8): the peer can choose which one it is
 * @param peer who is on the other side, proved
 * @param suite what seals the records
 * @param codec the name of the codec that the messages are encoded by
 * @param features ids of the features that are in force (PROTOCOL §7.4), ascending
 */
public record SessionAgreement(
    Role role, VerifiedPeer peer, CipherSuite suite, String codec, List<Integer> features) {}
