package dev.waggle.ports.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CipherSuiteTest {
  @ParameterizedTest
  @CsvSource({"1, 0x0001", "255, 0x00FF", "65535, 0xFFFF"})
  void id_isWrittenAsInTheRegistry(int id, String written) {
    assertThat(suite(id).hexId()).isEqualTo(written);
    assertThat(suite(id)).hasToString(written + " name");
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 0x10000})
  void idBeyondTwoBytes_isRefused(int id) {
    assertThatIllegalArgumentException().isThrownBy(() -> suite(id));
  }

  @Test
  void invalidKeyMaterial_carriesNoStackTrace() {
    assertThat(new InvalidKeyMaterial("too short"))
        .hasMessage("too short")
        .extracting(Throwable::getStackTrace)
        .isEqualTo(new StackTraceElement[0]);
  }

  /** Of algorithms that are never asked for. */
  private static CipherSuite suite(int id) {
    return new CipherSuite(id, "name", null, null, null, null, null);
  }
}
