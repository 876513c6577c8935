package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals what it is told under the keys of one direction, with the JDK and nothing of ours. */
final class RecordForge {
  private static final int HASH_BYTES = 32;

  private byte[] secret;
  private long counter;

  /** From the first record on, of a suite whose hash is SHA-256. */
  RecordForge(Bytes trafficSecret) {
    this.secret = trafficSecret.toArray();
  }

  /** The next record, with its header. */
  Bytes seal(Bytes plaintext) {
    return seal(plaintext, counter++);
  }

  /** Passes over the number of a record. */
  RecordForge skip() {
    counter++;
    return this;
  }

  /** Goes on under the next key. */
  void ratchet() {
    secret = expand("waggle/1 record ratchet", HASH_BYTES);
    counter = 0;
  }

  private Bytes seal(Bytes plaintext, long number) {
    byte[] nonce = expand("waggle/1 record iv", 12);
    byte[] count = ByteBuffer.allocate(12).putLong(4, number).array();
    for (int i = 0; i < nonce.length; i++) {
      nonce[i] ^= count[i];
    }
    byte[] header = ByteBuffer.allocate(4).putInt(plaintext.length() + 16).array();
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.ENCRYPT_MODE,
          new SecretKeySpec(expand("waggle/1 record key", 32), "AES"),
          new GCMParameterSpec(128, nonce));
      cipher.updateAAD(header);
      byte[] body = cipher.doFinal(plaintext.toArray());
      return Bytes.wrap(
          ByteBuffer.allocate(header.length + body.length).put(header).put(body).array());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private byte[] expand(String label, int length) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.expandOnly(
                  new SecretKeySpec(secret, "Generic"),
                  label.getBytes(StandardCharsets.US_ASCII),
                  length));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
