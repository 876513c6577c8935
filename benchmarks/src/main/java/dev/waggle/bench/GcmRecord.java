package dev.waggle.bench;

import java.security.GeneralSecurityException;

/**
 * A record that one implementation of AES-256-GCM seals, in memory that suits it. What was sealed
 * can be sealed again: random bytes, as good as any.
 */
interface GcmRecord {
  int HEADER_BYTES = 4;
  int TAG_BYTES = 16;

  /**
   * Encrypts the record, whose header is authenticated too.
   *
   * @param nonce borrowed, 12 bytes, never the same twice
   * @return what was written
   */
  Object seal(byte[] nonce) throws GeneralSecurityException;
}
