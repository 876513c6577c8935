package dev.waggle.ports.crypto;

/**
 * The algorithms of a link, under one registered id (PROTOCOL §3).
 *
 * @param id 0x0001 to 0xFFFF; 0xFF00 and above are for experiments
 * @param name lower-case, for configuration and reports
 */
public record CipherSuite(
    int id,
    String name,
    KeyEncapsulation kem,
    SignatureScheme signature,
    Aead aead,
    HashFunction hash,
    KeyDerivation kdf) {

  public CipherSuite {
    if (id < 1 || id > 0xFFFF) {
      throw new IllegalArgumentException("a suite id lies between 1 and 0xFFFF, and is not " + id);
    }
  }

  /** The id as the registry writes it, for example {@code 0x0001}. */
  public String hexId() {
    return "0x%04X".formatted(id);
  }

  @Override
  public String toString() {
    return hexId() + " " + name;
  }
}
