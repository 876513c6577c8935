package dev.waggle.domain.handshake;

import dev.waggle.domain.handshake.HandshakeVector.Proof;
import dev.waggle.domain.handshake.HandshakeVector.SealedRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A second implementation of PROTOCOL §4 and §6 after the fact: from the three messages and the
 * secret of the KEM it computes all that lies between, with the JDK and nothing of ours.
 */
final class IndependentHandshake {
  private static final int RATCHET = 1 << 20;

  /** The number of the record that is empty here: 64 came before it under its key. */
  static final long ENDS_ITS_KEY = RATCHET + 64;

  private final String hash;
  private final int hashLength;
  private final SecretKey masterSecret;
  private final List<byte[]> transcript = new ArrayList<>();
  private final byte[] acceptanceClear;
  private final Proof responderProof;
  private final Proof initiatorProof;

  /**
   * @param hash {@code SHA256} or {@code SHA384}
   */
  IndependentHandshake(
      String hash,
      int publicKeyLength,
      int signatureLength,
      byte[] offer,
      byte[] acceptance,
      byte[] confirmation,
      byte[] kemSecret)
      throws GeneralSecurityException {
    this.hash = hash;
    this.hashLength = Integer.parseInt(hash.substring(3)) / 8;
    int sealedLength = publicKeyLength + signatureLength + hashLength + 16;
    this.acceptanceClear = Arrays.copyOf(acceptance, acceptance.length - Long.BYTES - sealedLength);
    this.masterSecret =
        KDF.getInstance("HKDF-" + hash)
            .deriveKey(
                "Generic",
                HKDFParameterSpec.ofExtract()
                    .addSalt(ascii("waggle/1 master secret"))
                    .addIKM(kemSecret)
                    .extractOnly());
    transcript.add(digest(ascii("waggle/1 transcript")));
    hear(offer);
    hear(acceptanceClear);
    this.responderProof =
        proof("responder", publicKeyLength, signatureLength, last(acceptance, sealedLength));
    this.initiatorProof =
        proof("initiator", publicKeyLength, signatureLength, last(confirmation, sealedLength));
  }

  private Proof proof(String role, int publicKeyLength, int signatureLength, byte[] sealed)
      throws GeneralSecurityException {
    byte[] negotiated = transcript.get(2);
    byte[] sealingKey = expand("waggle/1 " + role + " sealing key", negotiated, 32);
    byte[] macKey = expand("waggle/1 " + role + " mac key", negotiated, hashLength);
    byte[] opened = gcm(Cipher.DECRYPT_MODE, sealingKey, new byte[12], new byte[0], sealed);
    hear(Arrays.copyOf(opened, publicKeyLength));
    byte[] signed =
        join(ascii("waggle/1 " + role + " signature"), new byte[1], transcript.getLast());
    byte[] signature =
        Arrays.copyOfRange(opened, publicKeyLength, publicKeyLength + signatureLength);
    hear(signature);
    byte[] mac = hmac(macKey, transcript.getLast());
    if (!Arrays.equals(mac, last(opened, hashLength))) {
      throw new GeneralSecurityException("the MAC of the " + role + " is another");
    }
    hear(mac);
    return new Proof(
        hex(signed), hex(signature), hex(macKey), hex(mac), hex(sealingKey), hex(sealed));
  }

  String acceptanceClear() {
    return hex(acceptanceClear);
  }

  String masterSecret() {
    return hex(masterSecret.getEncoded());
  }

  List<String> transcript() {
    return transcript.stream().map(IndependentHandshake::hex).toList();
  }

  Proof proof(String role) {
    return role.equals("initiator") ? initiatorProof : responderProof;
  }

  String trafficSecret(String role) throws GeneralSecurityException {
    return hex(expand("waggle/1 " + role + " traffic secret", transcript.getLast(), hashLength));
  }

  /** The records with the given numbers, each under the key of its turn. */
  List<SealedRecord> records(String role, long... numbers) throws GeneralSecurityException {
    byte[] secret = HexFormat.of().parseHex(trafficSecret(role));
    long first = 0; // The number of the first record under the key of the turn.
    List<SealedRecord> records = new ArrayList<>();
    for (long number : numbers) {
      for (long next = following(first); next <= number; next = following(first)) {
        secret = expand(secret, ascii("waggle/1 record ratchet"), hashLength);
        first = next;
      }
      records.add(record(role, secret, number, number - first));
    }
    return records;
  }

  /** The number of the first record under the key after the one that begins with {@code first}. */
  private static long following(long first) {
    boolean ends = first <= ENDS_ITS_KEY && ENDS_ITS_KEY < first + RATCHET;
    return ends ? ENDS_ITS_KEY + 1 : first + RATCHET;
  }

  private SealedRecord record(String role, byte[] secret, long number, long count)
      throws GeneralSecurityException {
    byte[] key = expand(secret, ascii("waggle/1 record key"), 32);
    byte[] nonce = expand(secret, ascii("waggle/1 record iv"), 12);
    byte[] counter = ByteBuffer.allocate(12).putLong(4, count).array();
    for (int i = 0; i < nonce.length; i++) {
      nonce[i] ^= counter[i];
    }
    byte[] plaintext =
        number == ENDS_ITS_KEY ? new byte[0] : ascii("record " + number + " of the " + role);
    byte[] header = ByteBuffer.allocate(4).putInt(plaintext.length + 16).array();
    byte[] frame = join(header, gcm(Cipher.ENCRYPT_MODE, key, nonce, header, plaintext));
    return new SealedRecord(number, hex(key), hex(nonce), hex(plaintext), hex(frame));
  }

  /** Tn = H(Tn-1 || u64 length || element). */
  private void hear(byte[] element) throws GeneralSecurityException {
    byte[] length =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(element.length).array();
    transcript.add(digest(transcript.getLast(), length, element));
  }

  private byte[] expand(String label, byte[] context, int length) throws GeneralSecurityException {
    return expand(masterSecret.getEncoded(), join(ascii(label), new byte[1], context), length);
  }

  private byte[] expand(byte[] secret, byte[] info, int length) throws GeneralSecurityException {
    SecretKey key = new SecretKeySpec(secret, "Generic");
    return KDF.getInstance("HKDF-" + hash)
        .deriveData(HKDFParameterSpec.expandOnly(key, info, length));
  }

  private byte[] hmac(byte[] key, byte[] message) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("Hmac" + hash);
    mac.init(new SecretKeySpec(key, "Generic"));
    return mac.doFinal(message);
  }

  private byte[] digest(byte[]... parts) throws GeneralSecurityException {
    return MessageDigest.getInstance(hash.replace("SHA", "SHA-")).digest(join(parts));
  }

  private static byte[] gcm(int mode, byte[] key, byte[] nonce, byte[] aad, byte[] input)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
    cipher.updateAAD(aad);
    return cipher.doFinal(input);
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer joined = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(p -> p.length).sum());
    for (byte[] part : parts) {
      joined.put(part);
    }
    return joined.array();
  }

  private static byte[] last(byte[] bytes, int length) {
    return Arrays.copyOfRange(bytes, bytes.length - length, bytes.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
