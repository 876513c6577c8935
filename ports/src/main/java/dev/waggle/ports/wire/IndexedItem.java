package dev.waggle.ports.wire;

import dev.waggle.ports.Bytes;

/**
 * An item of a block, and where in it.
 *
 * @param index from 0 on
 * @param payload of the Transaction that carries it by itself
 */
public record IndexedItem(int index, Bytes payload) {}
