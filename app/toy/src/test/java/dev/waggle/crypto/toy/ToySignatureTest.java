package dev.waggle.crypto.toy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.testkit.crypto.SignatureSchemeContract;
import org.junit.jupiter.api.Test;

/** The long toy; {@link ToySuiteTest} has the short one. */
final class ToySignatureTest extends SignatureSchemeContract {
  @Override
  protected SignatureScheme scheme() {
    return ToySignature.asLongAsMlDsa65();
  }

  @Test
  void lengths_areThoseOfMlDsa65() {
    assertThat(scheme().publicKeyLength()).isEqualTo(1952);
    assertThat(scheme().signatureLength()).isEqualTo(3309);
  }
}
