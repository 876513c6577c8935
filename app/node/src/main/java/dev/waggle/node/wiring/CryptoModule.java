package dev.waggle.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoMap;
import com.google.inject.multibindings.StringMapKey;
import dev.waggle.crypto.CipherSuites;
import dev.waggle.crypto.CryptoUnavailable;
import dev.waggle.crypto.SystemRandom;
import dev.waggle.node.config.ConfigKeys;
import dev.waggle.node.config.ConfigProblem;
import dev.waggle.node.config.NodeConfig;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.RandomSource;

/** The cipher suites that come with Waggle, by name, as the chosen provider computes them. */
final class CryptoModule extends AbstractModule {
  @Provides
  @Singleton
  CipherSuites suites(NodeConfig config) {
    try {
      return CipherSuites.create(config.crypto());
    } catch (CryptoUnavailable e) {
      throw ConfigProblem.because(
          ConfigKeys.CRYPTO.name(), config.crypto().toString(), e.getMessage());
    }
  }

  @ProvidesIntoMap
  @StringMapKey("mlkem768-mldsa65")
  CipherSuite standard(CipherSuites suites) {
    return suites.find("mlkem768-mldsa65").orElseThrow();
  }

  @ProvidesIntoMap
  @StringMapKey("mlkem1024-mldsa87")
  CipherSuite cnsa(CipherSuites suites) {
    return suites.find("mlkem1024-mldsa87").orElseThrow();
  }

  @ProvidesIntoMap
  @StringMapKey("x25519mlkem768-mldsa65")
  CipherSuite hybrid(CipherSuites suites) {
    return suites.find("x25519mlkem768-mldsa65").orElseThrow();
  }

  @Provides
  HashFunction sha256(CipherSuites suites) {
    return suites.find("mlkem768-mldsa65").orElseThrow().hash();
  }

  @Provides
  RandomSource random() {
    return new SystemRandom();
  }
}
