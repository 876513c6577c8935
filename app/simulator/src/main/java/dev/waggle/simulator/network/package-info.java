/**
 * What lies between hosts: latency, bandwidth, TCP, partitions and routers. It moves counted bytes
 * and whatever they stand for, by any clock: so it serves simulated nodes as well as real ones.
 */
@NullMarked
package dev.waggle.simulator.network;

import org.jspecify.annotations.NullMarked;
