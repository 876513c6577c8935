package dev.waggle.crypto;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.crypto.Encapsulation;
import dev.waggle.ports.crypto.InvalidKeyMaterial;
import dev.waggle.ports.crypto.KemKeyPair;
import dev.waggle.ports.crypto.KeyEncapsulation;
import dev.waggle.ports.crypto.RandomSource;
import dev.waggle.ports.crypto.SecretBytes;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * X-Wing, the hybrid of ML-KEM-768 and X25519 (draft-connolly-cfrg-xwing-kem §5): its secret stays
 * safe as long as either of the two does.
 *
 * <pre>
 * public key = pk_M (1184 bytes) || pk_X (32 bytes)
 * ciphertext = ct_M (1088 bytes) || ct_X (32 bytes, an ephemeral X25519 public key)
 * secret     = SHA3-256(ss_M || ss_X || ct_X || pk_X || label), label = 5c2e2f2f5e5c
 * </pre>
 *
 * <p>It differs from the draft in two ways that no ciphertext or secret shows. Generation draws
 * {@code d}, {@code z} and then the X25519 scalar, 32 bytes each, instead of expanding them from
 * one seed, since our pairs are ephemeral and never stored; encapsulation draws {@code m}, then the
 * ephemeral scalar, as in the draft. And a point of small order is refused, which the draft leaves
 * to ML-KEM to survive: honest peers never send one.
 */
final class XWing implements KeyEncapsulation {
  private static final byte[] LABEL = {'\\', '.', '/', '/', '^', '\\'};

  private final KeyEncapsulation mlKem;
  private final X25519 x25519;

  /**
   * @param mlKem ML-KEM-768
   */
  XWing(KeyEncapsulation mlKem, X25519 x25519) {
    this.mlKem = mlKem;
    this.x25519 = x25519;
  }

  @Override
  public String algorithm() {
    return "X-Wing";
  }

  @Override
  public int publicKeyLength() {
    return mlKem.publicKeyLength() + X25519.LENGTH;
  }

  @Override
  public int ciphertextLength() {
    return mlKem.ciphertextLength() + X25519.LENGTH;
  }

  @Override
  public int secretLength() {
    return 32;
  }

  @Override
  public KemKeyPair generate(RandomSource random) {
    KemKeyPair lattice = mlKem.generate(random);
    byte[] scalar = random.bytes(X25519.LENGTH);
    byte[] curvePublicKey = x25519.publicKey(scalar);
    return new HybridKeyPair(lattice, SecretBytes.wrap(scalar), curvePublicKey);
  }

  @Override
  public Encapsulation encapsulate(Bytes publicKey, RandomSource random) throws InvalidKeyMaterial {
    requireLength("public key", publicKey, publicKeyLength());
    byte[] key = publicKey.borrowArray();
    byte[] curvePublicKey = Arrays.copyOfRange(key, mlKem.publicKeyLength(), key.length);
    Bytes latticePublicKey = Bytes.copyOf(key, 0, mlKem.publicKeyLength());

    Encapsulation lattice = mlKem.encapsulate(latticePublicKey, random);
    byte[] scalar = random.bytes(X25519.LENGTH);
    try (SecretBytes latticeSecret = lattice.secret();
        SecretBytes curveSecret = SecretBytes.wrap(x25519.agree(scalar, curvePublicKey))) {
      byte[] ephemeral = x25519.publicKey(scalar);
      return new Encapsulation(
          join(lattice.ciphertext(), ephemeral),
          combine(latticeSecret, curveSecret, ephemeral, curvePublicKey));
    } finally {
      Arrays.fill(scalar, (byte) 0);
    }
  }

  @Override
  public SecretBytes decapsulate(KemKeyPair own, Bytes ciphertext) throws InvalidKeyMaterial {
    if (!(own instanceof HybridKeyPair pair)) {
      throw MlKem.foreignKeyPair();
    }
    requireLength("ciphertext", ciphertext, ciphertextLength());
    byte[] raw = ciphertext.borrowArray();
    byte[] ephemeral = Arrays.copyOfRange(raw, mlKem.ciphertextLength(), raw.length);
    Bytes latticeCiphertext = Bytes.copyOf(raw, 0, mlKem.ciphertextLength());

    byte[] scalar = pair.scalar.borrowArray();
    try (SecretBytes curveSecret = SecretBytes.wrap(x25519.agree(scalar, ephemeral));
        SecretBytes latticeSecret = mlKem.decapsulate(pair.lattice, latticeCiphertext)) {
      return combine(latticeSecret, curveSecret, ephemeral, pair.curvePublicKey);
    }
  }

  /** The combiner (draft-connolly-cfrg-xwing-kem §5.3). */
  private static SecretBytes combine(
      SecretBytes latticeSecret, SecretBytes curveSecret, byte[] ephemeral, byte[] curvePublicKey) {
    MessageDigest sha3 = JdkHash.newDigest("SHA3-256");
    sha3.update(latticeSecret.borrowArray());
    sha3.update(curveSecret.borrowArray());
    sha3.update(ephemeral);
    sha3.update(curvePublicKey);
    return SecretBytes.wrap(sha3.digest(LABEL));
  }

  private void requireLength(String what, Bytes value, int length) throws InvalidKeyMaterial {
    if (value.length() != length) {
      throw new InvalidKeyMaterial(
          "%s %s has %d bytes, not %d".formatted(algorithm(), what, length, value.length()));
    }
  }

  private static Bytes join(Bytes lattice, byte[] curve) {
    byte[] joined = Arrays.copyOf(lattice.borrowArray(), lattice.length() + curve.length);
    System.arraycopy(curve, 0, joined, lattice.length(), curve.length);
    return Bytes.wrap(joined);
  }

  private static final class HybridKeyPair implements KemKeyPair {
    private final KemKeyPair lattice;
    private final SecretBytes scalar;
    private final byte[] curvePublicKey;
    private final Bytes publicKey;

    HybridKeyPair(KemKeyPair lattice, SecretBytes scalar, byte[] curvePublicKey) {
      this.lattice = lattice;
      this.scalar = scalar;
      this.curvePublicKey = curvePublicKey;
      this.publicKey = join(lattice.publicKey(), curvePublicKey);
    }

    @Override
    public Bytes publicKey() {
      return publicKey;
    }

    @Override
    public void close() {
      lattice.close();
      scalar.close();
    }
  }
}
