package dev.waggle.domain.handshake;

import dev.waggle.ports.Bytes;
import dev.waggle.ports.PeerId;
import dev.waggle.ports.PeerIdentity;
import dev.waggle.ports.crypto.CipherSuite;
import dev.waggle.ports.crypto.HashFunction;
import dev.waggle.ports.crypto.RandomSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node brings to each of its handshakes; one value serves all of them, on any thread.
 *
 * @param identity who this node is; its key pair was made by the suites' own signature scheme
 * @param networkId 32 bytes, see {@link NetworkId}
 * @param suites 1 to 16, the preferred first, all signing with the identity's algorithm
 * @param codecs names of 1 to 8 codecs, the preferred first
 * @param features ids of 0 to 32 features that this node has, ascending (PROTOCOL §7.4)
 * @param sha256 SHA-256, which makes a PeerId of a public key whatever the hash of the suite
 * @param random where ephemeral keys, nonces and the salt of signatures come from
 */
public record HandshakeSettings(
    PeerIdentity identity,
    Bytes networkId,
    List<CipherSuite> suites,
    List<String> codecs,
    List<Integer> features,
    HashFunction sha256,
    RandomSource random) {

  /** Of what a u16 names. */
  private static final int MAX_ID = 0xFFFF;

  /** Checks and copies. Any breach of the above is an {@link IllegalArgumentException}. */
  public HandshakeSettings {
    require(networkId.length() == NetworkId.LENGTH, "a network id has 32 bytes");
    suites = Collections.unmodifiableList(new ArrayList<>(suites));
    codecs = Collections.unmodifiableList(new ArrayList<>(codecs));
    features = Collections.unmodifiableList(new ArrayList<>(features));
    List<Integer> ids = suites.stream().map(CipherSuite::id).toList();
    requireList(ids, HandshakeLimits.MAX_SUITES, "suites");
    requireList(codecs, HandshakeLimits.MAX_CODECS, "codecs");
    for (CipherSuite suite : suites) {
      require(
          suite.signature().algorithm().equals(identity.algorithm()),
          "%s signs with %s, but the identity is one of %s"
              .formatted(suite, suite.signature().algorithm(), identity.algorithm()));
    }
    for (String codec : codecs) {
      require(HandshakeLimits.isCodecName(codec), "'%s' names no codec".formatted(codec));
    }
    require(
        features.size() <= HandshakeLimits.MAX_FEATURES,
        "expected at most %d features".formatted(HandshakeLimits.MAX_FEATURES));
    int previous = 0;
    for (int feature : features) {
      require(
          feature > previous && feature <= MAX_ID,
          "features are ids of 1 to %d in ascending order, not %s".formatted(MAX_ID, features));
      previous = feature;
    }
    require(
        peerId(sha256, identity.keyPair().publicKey()).equals(identity.peerId()),
        "the identity's PeerId is not the SHA-256 of its public key");
  }

  /** The PeerId of whoever signs with {@code publicKey} (PROTOCOL §2.2). */
  PeerId peerId(Bytes publicKey) {
    return peerId(sha256, publicKey);
  }

  List<Integer> suiteIds() {
    return suites.stream().map(CipherSuite::id).toList();
  }

  /** The first of our suites that is among {@code ids}. */
  @Nullable CipherSuite preferredAmong(List<Integer> ids) {
    return suites.stream().filter(suite -> ids.contains(suite.id())).findFirst().orElse(null);
  }

  /** The first of {@code ids} that is one of our suites. */
  @Nullable CipherSuite firstSupported(List<Integer> ids) {
    for (int id : ids) {
      for (CipherSuite suite : suites) {
        if (suite.id() == id) {
          return suite;
        }
      }
    }
    return null;
  }

  /** The first of {@code names} that is one of our codecs. */
  @Nullable String firstSupportedCodec(List<String> names) {
    return names.stream().filter(codecs::contains).findFirst().orElse(null);
  }

  /** Those of {@code offered} that this node has too, in the same order. */
  List<Integer> commonFeatures(List<Integer> offered) {
    return offered.stream().filter(features::contains).toList();
  }

  private static PeerId peerId(HashFunction sha256, Bytes publicKey) {
    return new PeerId(Bytes.wrap(sha256.hash(publicKey.borrowArray())));
  }

  private static <T> void requireList(List<T> list, int max, String what) {
    require(!list.isEmpty() && list.size() <= max, "expected 1 to %d %s".formatted(max, what));
    require(new LinkedHashSet<>(list).size() == list.size(), "all " + what + " must differ");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
