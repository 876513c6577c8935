package dev.waggle.bench;

import static dev.waggle.bench.GcmRecord.HEADER_BYTES;
import static dev.waggle.bench.GcmRecord.TAG_BYTES;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.waggle.bench.workload.Settings;
import dev.waggle.ports.crypto.Aead;
import dev.waggle.ports.crypto.SecretBytes;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMModeCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.conscrypt.Conscrypt;

/**
 * Who computes AES-256-GCM, and over what memory. No provider is installed: each is asked for by
 * name, and one whose native library the platform lacks fails here.
 */
public enum GcmProvider {
  /** As Waggle does it: the JDK, over a heap array, in place. */
  JDK_HEAP,
  /** The JDK, from one direct buffer to another. */
  JDK_DIRECT,
  /** Bouncy Castle, over a heap array, in place, past the JCA. */
  BOUNCY_CASTLE,
  /** Amazon Corretto Crypto Provider, over a heap array, in place. */
  CORRETTO,
  /** Conscrypt, which is BoringSSL, over a heap array, in place. */
  CONSCRYPT;

  private static final byte[] KEY = new byte[32];
  private static final SecretKeySpec KEY_SPEC = new SecretKeySpec(KEY, "AES");
  private static final int TAG_BITS = 8 * TAG_BYTES;

  /** A record whose plaintext is random, of that length. */
  GcmRecord record(int plaintextBytes) throws GeneralSecurityException {
    byte[] record = new byte[HEADER_BYTES + plaintextBytes + TAG_BYTES];
    new Random(1).nextBytes(record);
    return switch (this) {
      case JDK_HEAP -> product(record, plaintextBytes);
      case JDK_DIRECT -> direct(record, plaintextBytes);
      case BOUNCY_CASTLE -> bouncyCastle(record, plaintextBytes);
      case CORRETTO -> heap(corretto(), record, plaintextBytes);
      case CONSCRYPT -> heap(Conscrypt.newProvider(), record, plaintextBytes);
    };
  }

  /** Without its native library this provider would stand empty, and leave the work to others. */
  private static Provider corretto() {
    AmazonCorrettoCryptoProvider provider = AmazonCorrettoCryptoProvider.INSTANCE;
    provider.assertHealthy();
    return provider;
  }

  private static GcmRecord product(byte[] record, int bytes) {
    Aead.Sealer sealer = Settings.defaultSuite().aead().sealer(SecretBytes.wrap(KEY.clone()));
    return nonce -> {
      sealer.seal(nonce, record, 0, HEADER_BYTES, HEADER_BYTES, bytes);
      return record;
    };
  }

  private static GcmRecord heap(Provider provider, byte[] record, int bytes)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", provider);
    return nonce -> {
      cipher.init(Cipher.ENCRYPT_MODE, KEY_SPEC, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(record, 0, HEADER_BYTES);
      cipher.doFinal(record, HEADER_BYTES, bytes, record, HEADER_BYTES);
      return record;
    };
  }

  private static GcmRecord direct(byte[] record, int bytes) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    ByteBuffer plaintext = ByteBuffer.allocateDirect(bytes).put(record, HEADER_BYTES, bytes);
    ByteBuffer ciphertext = ByteBuffer.allocateDirect(bytes + TAG_BYTES);
    return nonce -> {
      cipher.init(Cipher.ENCRYPT_MODE, KEY_SPEC, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(record, 0, HEADER_BYTES);
      cipher.doFinal(plaintext.rewind(), ciphertext.clear());
      return ciphertext;
    };
  }

  private static GcmRecord bouncyCastle(byte[] record, int bytes) {
    GCMModeCipher gcm = GCMBlockCipher.newInstance(AESEngine.newInstance());
    KeyParameter key = new KeyParameter(KEY);
    return nonce -> {
      gcm.init(true, new AEADParameters(key, TAG_BITS, nonce));
      gcm.processAADBytes(record, 0, HEADER_BYTES);
      int done = gcm.processBytes(record, HEADER_BYTES, bytes, record, HEADER_BYTES);
      try {
        gcm.doFinal(record, HEADER_BYTES + done);
      } catch (InvalidCipherTextException e) {
        throw new GeneralSecurityException(e);
      }
      return record;
    };
  }
}
