package dev.waggle.ports.operator;

/**
 * How much a node knows of others (PROTOCOL §9.4).
 *
 * @param known addresses that it has only heard of
 * @param tried addresses that it has reached
 */
public record BookStatus(int known, int tried) {}
