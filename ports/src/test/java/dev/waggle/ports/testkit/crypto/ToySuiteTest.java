package dev.waggle.ports.testkit.crypto;

import dev.waggle.ports.crypto.CipherSuite;

/** The toys pass for real cryptography in everything but security. */
final class ToySuiteTest extends CipherSuiteContract {
  @Override
  protected CipherSuite suite() {
    return ToySuite.create();
  }
}
