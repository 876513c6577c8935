package dev.waggle.crypto.toy;

import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.testkit.crypto.CipherSuiteContract;

/** The toys pass for real cryptography in everything but security. */
final class ToySuiteTest extends CipherSuiteContract {
  @Override
  protected CipherSuite suite() {
    return ToySuite.create();
  }
}
