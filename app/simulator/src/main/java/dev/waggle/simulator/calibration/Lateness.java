package dev.waggle.simulator.calibration;

/**
 * How late a machine has woken threads up while real nodes ran on it: what it adds to whatever
 * these do, and the simulated ones know nothing of.
 *
 * @param millisP99 that one time of a hundred was exceeded
 * @param millisMax the latest
 */
public record Lateness(double millisP99, double millisMax) {}
