package dev.waggle.domain.punch;

import dev.waggle.ports.IpEndpoint;

/**
 * What one node says of itself in a call.
 *
 * @param nonce of the call, drawn by the caller
 * @param endpoint where it believes to be seen
 * @param mapping how its router makes that of the port from which it dials
 */
record Terms(long nonce, IpEndpoint endpoint, EndpointMapping mapping) {}
