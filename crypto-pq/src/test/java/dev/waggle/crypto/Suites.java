package dev.waggle.crypto;

/** Shorthand of the tests, which know that both providers are there. */
final class Suites {
  private Suites() {}

  static CipherSuites of(CryptoChoice choice) {
    try {
      return CipherSuites.create(choice);
    } catch (CryptoUnavailable e) {
      throw new AssertionError("the build's Java has all algorithms", e);
    }
  }
}
