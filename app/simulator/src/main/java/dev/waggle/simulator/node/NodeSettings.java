package dev.waggle.simulator.node;

import dev.waggle.domain.admission.AdmissionSettings;
import dev.waggle.domain.node.P2PSettings;
import java.util.List;

/**
 * What a simulated node is like.
 *
 * @param p2p the rules' settings, with whom it dials
 * @param slowness by which its work takes longer than charged
 * @param clockNanos what its clock shows when virtual time begins; may be close to running over
 * @param wallSkewMillis by how much the time of day that it knows is wrong
 * @param features ids of those that it has, ascending (PROTOCOL §7.4)
 */
public record NodeSettings(
    P2PSettings p2p,
    AdmissionSettings admission,
    NodeMemory memory,
    double slowness,
    long clockNanos,
    long wallSkewMillis,
    List<Integer> features) {}
