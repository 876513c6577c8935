/**
 * Strangers who want to end, blind or starve a node, and the proof that they cannot.
 *
 * <p>{@link dev.waggle.cli.attack.RawLinks} speaks the protocol honestly up to the last byte of the
 * handshake and lets a {@link dev.waggle.cli.attack.Behaviour} do what it likes after that; a
 * {@link dev.waggle.cli.attack.Siege} keeps many such links standing, each under an identity of its
 * own.
 */
@NullMarked
package dev.waggle.cli.attack;

import org.jspecify.annotations.NullMarked;
