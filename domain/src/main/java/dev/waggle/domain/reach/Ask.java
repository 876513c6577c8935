package dev.waggle.domain.reach;

import dev.waggle.domain.addresses.NetworkGroup;
import dev.waggle.ports.IpEndpoint;

/**
 * What a peer was asked: to dial this node at an address.
 *
 * @param group of the peer
 * @param nonce what its DialBack has to say
 * @param untilNanos when the answer has to be there
 */
record Ask(IpEndpoint endpoint, NetworkGroup group, long nonce, long untilNanos) {}
