package dev.waggle.ports.node;

import dev.waggle.ports.Endpoint;
import dev.waggle.ports.PeerId;
import java.util.List;

/**
 * An authenticated peer, for operators.
 *
 * @param remote where its socket is, an IP literal and a port
 * @param local this side's end of the connection
 * @param suite the cipher suite's name
 * @param codec the codec's name
 * @param features ids of the features in force (PROTOCOL §7.4), ascending
 */
public record PeerInfo(
    PeerId id,
    Endpoint remote,
    Endpoint local,
    Direction direction,
    String suite,
    String codec,
    List<Integer> features) {}
