package dev.waggle.ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BytesTest {
  @Test
  void wrap_sharesTheArray() {
    byte[] array = {1, 2};

    assertThat(Bytes.wrap(array).borrowArray()).isSameAs(array);
    assertThat(Bytes.wrap(new byte[0])).isSameAs(Bytes.EMPTY);
  }

  @Test
  void copies_shareNothing() {
    byte[] source = {1, 2, 3};
    Bytes bytes = Bytes.copyOf(source);
    Bytes part = Bytes.copyOf(source, 1, 2);
    byte[] out = bytes.toArray();
    source[1] = 9;
    out[0] = 9;

    assertThat(bytes).isEqualTo(Bytes.ofHex("010203"));
    assertThat(part).isEqualTo(Bytes.ofHex("0203"));
  }

  @Test
  void rangeOutsideTheSource_isRefused() {
    byte[] source = new byte[3];

    assertThatThrownBy(() -> Bytes.copyOf(source, 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Bytes.copyOf(source, -1, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Bytes.copyOf(source, 1, Integer.MAX_VALUE))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> Bytes.wrap(source, 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  /** A part of an array is what a copy of that part is, by all that this class offers. */
  @ParameterizedTest
  @CsvSource({"1, 3", "0, 2", "3, 2", "0, 5"})
  void wrappedPart_isLikeACopyOfIt(int offset, int length) {
    byte[] array = {1, -2, 3, -4, 5};
    Bytes part = Bytes.wrap(array, offset, length);
    Bytes copy = Bytes.copyOf(array, offset, length);
    byte[] target = new byte[8];
    part.copyTo(target, 2);

    assertThat(part).isEqualTo(copy).hasSameHashCodeAs(copy).hasToString(copy.toString());
    assertThat(copy).isEqualTo(part).isEqualByComparingTo(part);
    assertThat(part.length()).isEqualTo(length);
    assertThat(part.hex()).isEqualTo(copy.hex());
    assertThat(part.toArray()).isEqualTo(copy.toArray());
    assertThat(part.borrowArray()).isEqualTo(copy.toArray());
    assertThat(Arrays.copyOfRange(target, 2, 2 + length)).isEqualTo(copy.toArray());
    assertThat(part).isNotEqualTo(Bytes.wrap(array, 1, 2)).isNotEqualTo(Bytes.EMPTY);
    Bytes other = Bytes.wrap(array, 2, 1);
    assertThat(part.compareTo(other)).isEqualTo(copy.compareTo(other));
    assertThat(other.compareTo(part)).isEqualTo(other.compareTo(copy));
  }

  @Test
  void longPart_isShortenedFromItsBeginning() {
    byte[] array = new byte[60];
    array[10] = 0x11;

    assertThat(Bytes.wrap(array, 10, 41)).hasToString("1100000000000000...(41 bytes)");
  }

  @Test
  void lending_copiesNothing() {
    byte[] array = {1, 2, 3, 4};

    Bytes.wrap(array, 1, 2)
        .lendTo(
            (lent, offset, length) -> {
              assertThat(lent).isSameAs(array);
              assertThat(offset).isEqualTo(1);
              assertThat(length).isEqualTo(2);
            });
    assertThat(Bytes.wrap(array, 4, 0)).isSameAs(Bytes.EMPTY);
  }

  @Test
  void copyTo_fillsTheTargetFromTheOffset() {
    byte[] target = new byte[4];
    Bytes.ofHex("0102").copyTo(target, 1);

    assertThat(target).containsExactly(0, 1, 2, 0);
  }

  @Test
  void hex_isReadInBothCasesAndWrittenInLowerCase() {
    assertThat(Bytes.ofHex("00fF7a").hex()).isEqualTo("00ff7a");
    assertThat(Bytes.EMPTY.hex()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0g", "0x00", " 00"})
  void otherText_isNoHex(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Bytes.ofHex(text));
  }

  @ParameterizedTest
  @CsvSource({"7f, 80, -1", "ff, 00, 1", "0102, 01, 1", "01, 0102, -1", "aa, aa, 0", "'', 00, -1"})
  void order_isUnsignedAndPutsPrefixesFirst(String one, String other, int sign) {
    assertThat(Integer.signum(Bytes.ofHex(one).compareTo(Bytes.ofHex(other)))).isEqualTo(sign);
  }

  @Test
  void equality_isThatOfTheContent() {
    assertThat(Bytes.ofHex("0102")).isEqualTo(Bytes.wrap(new byte[] {1, 2}));
    assertThat(Bytes.ofHex("0102")).hasSameHashCodeAs(Bytes.wrap(new byte[] {1, 2}));
    assertThat(Bytes.ofHex("0102")).isNotEqualTo(Bytes.ofHex("0103"));
    assertThat(Bytes.ofHex("0102")).isNotEqualTo(Bytes.ofHex("010200"));
  }

  @Test
  void longText_isShortened() {
    assertThat(Bytes.wrap(new byte[40])).hasToString("00".repeat(40));
    assertThat(Bytes.wrap(new byte[41])).hasToString("0000000000000000...(41 bytes)");
  }
}
