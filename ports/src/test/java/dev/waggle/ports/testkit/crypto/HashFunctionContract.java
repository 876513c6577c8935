package dev.waggle.ports.testkit.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.ports.crypto.HashFunction;
import org.junit.jupiter.api.Test;

/** What every {@link HashFunction} does, whoever computes it. */
public abstract class HashFunctionContract {
  /** The implementation to test. */
  protected abstract HashFunction hash();

  private final byte[] message = Seeds.random(4).bytes(1_000);

  @Test
  void hash_hasTheDeclaredLength() {
    assertThat(hash().hash(message)).hasSize(hash().length());
    assertThat(hash().hash(new byte[0])).hasSize(hash().length());
  }

  @Test
  void parts_hashLikeTheWhole() {
    HashFunction.Digest digest = hash().digest();
    digest.update(message, 0, 1);
    digest.update(message, 1, 0);
    digest.update(message, 1, 998);
    digest.update(message, 999, 1);

    assertThat(digest.finish()).isEqualTo(hash().hash(message));
  }

  @Test
  void finish_startsAnew() {
    HashFunction.Digest digest = hash().digest();
    digest.update(message, 0, 10);
    digest.finish();
    digest.update(message, 0, message.length);

    assertThat(digest.finish()).isEqualTo(hash().hash(message));
  }

  @Test
  void digests_doNotDisturbEachOther() {
    HashFunction.Digest one = hash().digest();
    HashFunction.Digest other = hash().digest();
    one.update(message, 0, 500);
    other.update(new byte[99], 0, 99);
    one.update(message, 500, 500);

    assertThat(one.finish()).isEqualTo(hash().hash(message));
    assertThat(other.finish()).isEqualTo(hash().hash(new byte[99]));
  }

  @Test
  void everyByte_counts() {
    byte[] other = message.clone();
    other[999]++;

    assertThat(hash().hash(other)).isNotEqualTo(hash().hash(message));
  }
}
