package dev.waggle.chain;

import dev.waggle.crypto.CipherSuites;
import dev.waggle.crypto.CryptoChoice;
import dev.waggle.crypto.CryptoUnavailable;
import dev.waggle.crypto.toy.SeededRandom;
import dev.waggle.ports.crypto.SignatureScheme;
import dev.waggle.ports.crypto.SigningKeyPair;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Signs with ML-DSA-65, for one network, and each time alike. Owned by one thread. */
final class Signing {
  private final byte[] genesisId;
  private final Map<String, SigningKeyPair> keys = new TreeMap<>();

  Signing(String network, int difficultyBits) {
    byte[] genesis = IndependentChain.genesis(network, difficultyBits);
    genesisId = HexFormat.of().parseHex(IndependentChain.headerId(genesis));
  }

  static SignatureScheme scheme() {
    try {
      return CipherSuites.create(CryptoChoice.AUTO).signatures().stream()
          .filter(each -> each.algorithm().equals(ChainRules.SIGNATURE_ALGORITHM))
          .findFirst()
          .orElseThrow();
    } catch (CryptoUnavailable e) {
      throw new AssertionError(e);
    }
  }

  private SigningKeyPair pair(String who) {
    return keys.computeIfAbsent(who, name -> scheme().generate(new SeededRandom(name.hashCode())));
  }

  /** The public key of somebody, who has the same for every network. */
  byte[] key(String who) {
    return pair(who).publicKey().toArray();
  }

  /** The key, and a signature by it. */
  byte[] proof(String who, String label, byte[] content) {
    byte[] message =
        ByteBuffer.allocate(label.length() + genesisId.length + content.length)
            .put(label.getBytes(StandardCharsets.US_ASCII))
            .put(genesisId)
            .put(content)
            .array();
    byte[] signature = scheme().sign(pair(who), message, new SeededRandom(1)).toArray();
    byte[] key = key(who);
    return ByteBuffer.allocate(key.length + signature.length).put(key).put(signature).array();
  }
}
