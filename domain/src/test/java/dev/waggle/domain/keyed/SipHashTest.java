package dev.waggle.domain.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@link SipHash} against the vectors of its authors. */
class SipHashTest {
  /** The bytes 00 to 0f. */
  private static final SipHash OF_THE_VECTORS =
      new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  @Test
  void hash_isThatOfTheReference() {
    assertThat(OF_THE_VECTORS.hash()).isEqualTo(0x726fdb47dd0e0e31L);
    assertThat(OF_THE_VECTORS.hash(0x0706050403020100L)).isEqualTo(0x93f5f5799a932462L);
    assertThat(OF_THE_VECTORS.hash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L))
        .isEqualTo(0x3f2acc7f57c29bdbL);
  }

  @Test
  void anotherKey_givesAnotherHash() {
    assertThat(new SipHash(0, 1).hash(7)).isNotEqualTo(new SipHash(1, 0).hash(7));
  }
}
