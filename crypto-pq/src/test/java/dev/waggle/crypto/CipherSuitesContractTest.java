package dev.waggle.crypto;

import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.testkit.crypto.CipherSuiteContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every suite of every provider keeps the contract. */
@ParameterizedClass(name = "{0}: {1}")
@MethodSource("suites")
final class CipherSuitesContractTest extends CipherSuiteContract {
  @Parameter(0)
  CryptoChoice choice;

  @Parameter(1)
  CipherSuite suite;

  static Stream<Arguments> suites() {
    return Stream.of(CryptoChoice.JDK, CryptoChoice.BC)
        .flatMap(choice -> Suites.of(choice).all().stream().map(s -> Arguments.of(choice, s)));
  }

  @Override
  protected CipherSuite suite() {
    return suite;
  }
}
