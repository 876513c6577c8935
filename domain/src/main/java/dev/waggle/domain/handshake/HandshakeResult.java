package dev.waggle.domain.handshake;

import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.SecretBytes;
import java.util.List;

/**
 * What a completed handshake leaves behind.
 *
 * @param role this side's: settled only by the handshake if Offers crossed (PROTOCOL §4.8)
 * @param peer who is on the other side
 * @param suite the suite that both agreed on
 * @param codec the name of the codec that both agreed on
 * @param features the ids of the features that are in force, ascending
 * @param sendSecret the traffic secret of the records that this side seals (PROTOCOL §4.4); the
 *     receiver of this value owns it and closes it
 * @param receiveSecret the traffic secret of the records that the peer seals; owned likewise
 */
public record HandshakeResult(
    Role role,
    VerifiedPeer peer,
    CipherSuite suite,
    String codec,
    List<Integer> features,
    SecretBytes sendSecret,
    SecretBytes receiveSecret) {}
